// Data that comes as scripts, since a page opened from a disk cannot fetch: each file of a folder hands what it holds to the
// `accept` of whoever has loaded it.
"use strict";

const PolicyScripts = {
  // {accept, load}: `load` gives what the file of that name holds, and asks for it once
  of(folder, version) {
    const root = document.body.dataset.root;
    const waiting = new Map();
    const loaded = new Map();

    function accept(name, data) {
      waiting.get(name)?.(data);
    }

    function load(name) {
      if (!loaded.has(name)) {
        loaded.set(name, new Promise((resolve, reject) => {
          const script = document.createElement("script");
          waiting.set(name, resolve);
          script.src = `${root}${folder}/${name}.js?v=${version}`;
          script.onerror = () => {
            loaded.delete(name);
            reject(new Error(`${folder}/${name}.js`));
          };
          script.onload = () => script.remove();
          document.head.append(script);
        }));
      }
      return loaded.get(name);
    }

    return { accept, load };
  },
};
