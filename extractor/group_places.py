"""Where a group stands in a sentence: 面向…, 对…给予, 支持…, …可申领, 用于奖励….

A row gives the words before the group and, where these say too little, the words after it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.lexicon import alternation

_LIST_VERBS = alternation("support_verbs")
_TRAINING = re.compile(
    r"培训|培养|取证|就业|待遇|激励表彰|普遍开展|考取|扶贫|技能提升|培育|参加|参训|开展评价|上岗|"
    r"安置|优待|抚恤"
)
_TRAINED = re.compile(
    r"(?:的)?(?:职业|专业|安全|岗位|劳动|实用|应急)?(?:技能|技术|作业|劳动)?(?:等级)?(?:提升|"
    r"鉴定|转移|脱贫|扶贫)?(?:职业技能|安全作业|岗前|在岗|境外|订单(?:式)?|定向|创业|就业创业|"
    rf"技能)?(?:{_TRAINING.pattern})"
)
_BENEFITS = re.compile(
    r"(?:[，,][^，。；]{1,12}的)?[，,]?[^，。；]{0,8}?(?:均|都|仍然?|也|全部|原则上|即)?(?:可以?|"
    r"能够?)"
    r"(?:按(?!照实际)[^，。；]{0,60}[，,]?|直接|在[^，。；]{0,12}|凭[^，。；]{0,8}|一次性|同时|"
    r"优先|享|随[^，。；]{0,6})?"
    r"(?:享受|申请|申领|申报|领取|兑换|免|参加|直接取得|取得|获得|认定|纳入|报名|办理|按规定|递延|"
    r"入学|就学|就读|"
    r"就近|[落入]户|报销|承租|购买|选择)"
    r"|[^，。；]{0,4}(?:按规定)?纳入|按[^，。；]{0,40}(?:申领|申请)"
    r"|(?:[每按][^，。；\d]{1,12})?按[^，。；]{1,14}?(?:发放|发给|享受)|(?:个人)?不(?:再)?缴费"
    r"|[，,]?(?:应当?|必须|须|需)?(?:同时)?(?:符合|具备|满足)(?:以下|下列|如下)[^，。；]{0,4}条件"
    r"|[^，。；]{0,6}(?:申领|申请|享受|享有|领取)[^，。；]{0,14}(?:补贴|政策|待遇|服务|"
    r"补助|资金|奖励|资助|权利|减免|贷款|津贴|救助|优惠|优待|抚恤|补偿|照顾|[学抚助济慰养老]金)"
    r"|[，,]?(?:到|向|凭|持)[^。；]{0,120}?(?:享受|提出[^，。；]{0,6}申请)"
    r"|[，,]?(?:均|都|也)?(?:应当?|可以?|必须)参加[^，。；]{2,16}(?:保险|医保|养老|保障)"
    r"|[^，。；]{0,4}(?:到|向|凭|持)[^，。；]{0,30}(?:领取|提交|申请|申报|办理|兑换|登记|免费|"
    r"免[购交]|优先|"
    r"半价|享受)"
    r"|[，,](?:均|都)?适用本|考取|必须经|毕业时|参加[^，。；]{0,8}补贴|承担政府补贴"
)
#: one of these stands in all of them
_BENEFIT = re.compile(
    r"不缴|不再缴|符合|具备|满足|发放|发给|免费|优先|半价|递延|"
    r"享受|享有|申请|申领|申报|领取|兑换|免|参加|取得|获得|认定|纳入|报名|办理|按规定|提交|"
    r"登记|适用本|入学|就学|就读|就近|[落入]户|报销|承租|购买|选择|考取|必须经|毕业时|承担政府补贴"
)

#: 纳税人发生的医药费用支出…据实扣除: whose tax is cut
_TAX = re.compile(
    r"免征|减征|减按|减半征收|定额扣除|据实扣除|加计扣除|税前扣除|抵免|抵减|即征即退|扣除标准|"
    r"退税优惠|予以退税"
)
_TAXED = re.compile(rf"[^。；\d]{{0,80}}[^。；]{{0,40}}(?:{_TAX.pattern})")


@dataclass(frozen=True, slots=True)
class Place:
    """Words before a group, and what must follow it where the words alone say too little.

    With ``far`` the attribute of the group may run over commas; with ``opens`` the group may open
    the sentence too; ``needs`` is what the sentence must hold. A word stands before the
    lookbehind on what may not precede it, so that a sentence is searched for the word.
    """

    before: re.Pattern[str]
    after: re.Pattern[str] | None = None
    far: bool = False
    opens: bool = False
    needs: re.Pattern[str] | None = None

    def ends(self, text: str) -> list[int]:
        """Where a group may begin in ``text``, in order."""
        found = [match.end() for match in self.before.finditer(text)]
        return [len(text) - len(text.lstrip()), *found] if self.opens else found


#: 农民工培训200人, 企业职工培训任务
_TASK = re.compile(r"培训(?=\d|[（(]|任务)")
_GRANTS = re.compile(
    r"给予|予以|上浮|延长|照顾|优待|补贴|补助|奖励|享受|扣除|减征|免[征交缴收费除]|减免|资助|返还|"
    r"报销|支付|"
    r"可申请|可以申请|发放|提供|优先"
)

#: 未按期办理的，应当补办: the case of a duty or a sanction, not of a grant
_OBLIGED = (
    r"[^，。；]{0,6}(?:需|须|应(?!(?:当|该)?(?:给|予|享|发|补|免|优))|不得|不予|不再|视为|取消|"
    r"终止|停止|追|"
    r"责令)"
)

PLACES = (
    Place(re.compile(r"面向"), far=True),
    Place(
        re.compile(
            r"对(?<![针应面绝相核比校]对)(?:于)?(?!照(?!顾)|接(?![受收])|应(?![届急])|"
            r"外(?![来出籍国])|[标口策象比])"
        ),
        re.compile(
            r"(?![^，。；]{0,8}(?:提出|存在|监管|监督|处罚|查处|追究|考核|评估|抽查|"
            r"(?<!免费)(?<!健康)检查|管理|违))"
        ),
        far=True,
    ),
    Place(re.compile(r"针对|适用于|扩大到|扩展至|扩大至|惠及"), far=True),
    Place(
        re.compile(
            rf"(?:{_LIST_VERBS})(?:[和、与并](?:{_LIST_VERBS}))?(?!力度|政策|措施|资金|性|保障|"
            rf"计划|工程|专项)"
        ),
        far=True,
    ),
    Place(
        re.compile(r"为(?<![作行认因成称视列以定评选]为)"),
        re.compile(
            r"[^，。；]{0,8}?(?:提供|办理|发放|配备|缴纳|解决|购买|开展|组织|锁定|拓宽|"
            r"接受|取得|适配|建立|落实|减免|减轻|代缴|创造|搭建|推荐|安排|配置|颁发|发给|核发|"
            r"投保|补缴|保留|指导|介绍|寻找|垫付|核定|免费)"
        ),
    ),
    Place(
        re.compile(
            r"(?:组织|开展|加强|加大|加快|落实|抓好|搞好|统筹|扩大|突出|做好|推动|实施|强化|提高|"
            r"负责(?:协调组织)?|"
            r"持续推进|推进|培育|新增|促进|包括|用于|丰富|向|好|力度|培训(?!机构|学校|中心|基地|"
            r"主体|对象)|聘请|助力|满足|直补|"
            r"给予|完成)(?:对)?"
        ),
        _TRAINED,
        needs=_TRAINING,
    ),
    Place(
        re.compile(
            r"用于(?:补助|资助|奖励|救助|补贴|帮扶|扶持|安置|慰问|[奖补]补)(?![的资金标政措项额])"
        )
    ),
    Place(
        re.compile(r"用于|用作"),
        re.compile(
            r"(?:的)?[^，。；]{0,4}?(?:救治|救助|抚恤|慰问|奖励|补助|补贴|资助|生活|医疗|康复|"
            r"引进|安置|帮扶|表彰)"
        ),
    ),
    Place(
        re.compile(r"(?:给予|发放给|拨付给|支付给|补贴给|直补|返还给|返还其|倾斜到)(?:对应|相应)?"),
        re.compile(r"[\u4e00-\u9fff]{0,8}?(?:补贴|补助|奖励|资助)|一次性|每|，|。|；|,|;|$"),
    ),
    Place(
        re.compile(r"向(?=[\u4e00-\u9fff])"),
        re.compile(r"倾斜|收取|发放|提供|购买|开放|介绍|宣[传讲]|告知|支付|拨付"),
    ),
    # 由区级残联组织与定点康复机构直接结算
    Place(
        re.compile(r"与(?=[\u4e00-\u9fff])"),
        re.compile(r"(?:直接|定期|据实|按[月季年])*结算"),
        needs=re.compile("结算"),
    ),
    # 将邮政企业纳入涉农企业范畴 (沧政办字〔2009〕120号), not 将失信企业列入监管对象
    Place(
        re.compile(r"将|把"),
        re.compile(
            r"(?![^，。；]{0,16}(?:监[管督]|失信|黑名单|异常|整治|考核|处罚|执法))"
            r"(?:全部|统一|优先|及时|一并|按规定|依法|按程序)*[纳列]入[^，。；]{0,24}?"
            r"(?:范围|范畴|对象|体系|保障|支持|扶持|救助|补贴|帮扶|名录|目录)"
        ),
        needs=re.compile("[纳列]入"),
    ),
    Place(
        re.compile(r"赋予|授予"),
        re.compile(r"[^，。；]{0,18}权"),
        needs=re.compile("[赋授]予"),
    ),
    Place(re.compile(r"培训\d[\d.]*万?(?:余)?(?:名|个)?")),
    Place(re.compile(r"、(?<=[训升养]、)"), _TRAINED, needs=_TRAINING),
    Place(re.compile(r"招收|招录|招用|选派|覆盖到|补贴到|惠及")),
    # 重点服务企业特别是中小微企业, but not 物业服务企业
    Place(re.compile(r"(?:重点|精准|主动|更好地?|优质|全力|全程|直接)服务(?=[\u4e00-\u9fff])")),
    # 优先录用自谋职业退役士兵
    Place(
        re.compile(
            r"优先(?:安排|安置|录[用取]|聘用|招[用聘录]|接收|推荐|保障|解决|配租给?|分配给|照顾)"
        )
    ),
    Place(
        re.compile(r"(?:促进|使|让|畅通|满足|解决)(?:绝大多数|更多|广大)?"),
        re.compile(
            r"(?:的)?(?:更多地?|更好地?|尽快|尽早|充分|优先)?(?:就业|创业|增收|接受|职业发展|持续|"
            r"需求|困难|实际困难|多样化|成长)"
        ),
    ),
    Place(re.compile(r"(?:培养|聚焦|吸引)(?:一批|[\d.]+万?(?:余)?(?:名|个))?")),
    Place(re.compile(r"(?:发放|拨付|兑付|打入|划入|汇入|支付)[^，。；]{0,8}?(?:至|到)")),
    Place(
        re.compile(r"[，,；;。：:\n](?:其中|凡是?|原则上)?"), _BENEFITS, opens=True, needs=_BENEFIT
    ),
    Place(
        re.compile(
            r"(?:^|[，,；;。：:\n])\s*凡?(?=(?:同时)?(?:符合|满足)|具有|具备|被|经|持有|取得|获得|"
            r"入驻|"
            r"首次|年满|参加|从事|"
            r"户籍在|每\d年|\d|在[^，。；]{2,40}(?:注册|登记|就业|创业|购买|居住|从事|工作|"
            r"获奖|实习|成立|"
            r"设立|经营|务工|就读|参保|落户|投资))"
        ),
        re.compile(
            rf"[，,]?(?:给予|予以|按|一次性|每|最高|对其|年龄|由|自|需|须|可|应|免|(?:支持|鼓励|"
            rf"允许|为)其|[：:]\s*$)|"
            rf"{_BENEFITS.pattern}"
        ),
        far=True,
    ),
    Place(re.compile(r"[；;。\n]"), _TAXED, opens=True, needs=_TAX),
    # 个人自其持自谋职业证明备案之日起、企业自其领取税务登记证之日起，3年内免征营业税
    Place(
        re.compile(r"[，,、]"),
        re.compile(r"自(?:其|本人)?[^，。；、]{2,40}之?日起"),
        needs=_TAX,
    ),
    Place(re.compile(r"推进|落实|办理|做好"), re.compile("[^，。；]{0,6}(?:退税|减税|缓税|降费)")),
    Place(
        re.compile(r"[，,；;。：:、\n]"),
        re.compile(rf"(?:技能|劳动力|订单)?{_TASK.pattern}"),
        opens=True,
        needs=_TASK,
    ),
    Place(
        re.compile(r"[，,；;。：:、\n]|提高|将|调整"),
        re.compile(
            r"(?:的)?[^，。；]{0,6}?(?:发放|享受|抚恤|补助|补贴|津贴|优待|供养|保障|救助|生活费|"
            r"养老|"
            r"缴费|筹资|参保|护理|提取|贷款|扣除)金?(?:标准|额度|限额)"
        ),
        opens=True,
        needs=re.compile("标准|额度|限额"),
    ),
    Place(
        re.compile(r"免征|减征|减半征收|缓缴|减免|免收|免除"),
        re.compile(r"[^，。；]{0,16}(?:缴费|保险费|税|费)"),
    ),
    Place(
        re.compile(
            r"(?:满足|丰富|保障|确保|维护|减轻|缓解|增加|改善|提升|提高|便利|方便|强化|加强|"
            r"尊重)(?:好|和)?"
        ),
        re.compile(
            r"(?:的)?(?:日常|基本|合法|精神|文化|多样化|多层次|急难|综合|就业创业|生产|"
            r"经济|社会保险)?[^，。；]{0,8}?"
            r"(?:需求|素质|水平|能力|收入|生活|权益|困难|负担|待遇|积极性|获得感|出行|就医|"
            r"福利|实习)"
        ),
    ),
    Place(
        re.compile(
            r"(?:奖励|返还|退还|补发|资助|补助|补贴|救助|慰问)(?<!绩效..)(?<!性..)"
            r"(?![的资金标政措项额])"
        ),
        re.compile(r"[，。；、]|学费|工资|按|每|$|一次性|\d"),
    ),
    Place(
        re.compile(
            r"(?:对象|人群|群体|人员|(?:支持|补贴|适用|服务|保障|"
            r"救助)范围)(?:[，,]即[^，。；]{2,14}[，,])?(?:原则上|主要|"
            r"具体|暂)?(?:(?:为(?!了)|是指?|指(?!导|定|标|出)|包括)[：:]?|：|:)"
            r"\s*(?:\d{1,2}[.．、]|[一二三四五六七八九十]是)?"
        ),
        far=True,
    ),
    # 享受政策的高校毕业生指的是取得毕业证书的毕业生
    Place(
        re.compile(r"(?<![不])(?:适用|享受)[^，。；：]{1,24}的[^，。；：]{1,14}?(?:是指|指的是)"),
        far=True,
    ),
    Place(
        re.compile(r"[：:；;]\s*(?:\d{1,2}[.．、]|[一二三四五六七八九十]是|[A-Z]类[：:])"),
        re.compile(r"\s*(?:[（(][^（）()]*[）)])?(?:[；;。，,]|$)"),
        far=True,
    ),
    # 咸宁市以外户籍人口购房的，…给予: the case that a grant is made for
    Place(
        re.compile(r"[，,；;。：:\n](?:其中)?(?!由)"),
        re.compile(
            rf"[^，。；：]{{0,32}}的[，,](?!{_OBLIGED})|"
            r"[^，。；：]{0,40}[，,][^。；]{0,60}"
            r"(?:给予|予以|补贴|补助|奖励|扣减|返还|资助|享受|免[交缴收费除]|报销|支付|"
            r"上浮|延长)|"
            # 库区移民每人每年补助600元
            r"每[人户生名家位](?:每(?:学?年|月|学期|天|日))?[^，。；]{0,8}?(?:补助|补贴|发放|给予|"
            r"增加|提高|"
            r"奖励|\d)|"
            # 医疗救助对象按照原规定由政府全额资助参保
            r"[^，。；：]{0,16}由[^，。；]{0,16}(?:资助|补贴|补助|代缴|发放|发给|给予|负担|全额)"
        ),
        opens=True,
        needs=_GRANTS,
    ),
)
