"""Turns the signs for radicals (⻔, ⼯) into the characters they are printed for (门, 工).

Fonts that use one glyph for both make PDF programs write the radical. Nothing else is changed:
full compatibility folding would take ①, ㎡ and （ away.
"""

from __future__ import annotations

import unicodedata

# U+2E80..U+2EF3 by the property Equivalent_Unified_Ideograph of Unicode; □ where there is none
_SUPPLEMENT = (
    "□厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵□旡日月歺母"
    "民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹"
    "艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠"
    "饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
_CHARACTERS = {0x2E80 + at: to for at, to in enumerate(_SUPPLEMENT) if to != "□"} | {
    sign: unicodedata.normalize("NFKC", chr(sign)) for sign in range(0x2F00, 0x2FD6)
}
# Unicode gives 戶 (U+6236); what shares its glyph with ⼾ in fonts for the mainland is 户
_CHARACTERS[0x2F3E] = "户"


def unfold(text: str) -> str:
    """``text`` with every radical of U+2E80–2EFF and U+2F00–2FDF as its character."""
    return text.translate(_CHARACTERS)
