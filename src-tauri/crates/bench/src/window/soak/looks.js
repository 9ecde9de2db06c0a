// The product's page as it stands, without its code: what a bare window needs to look the same.
const styles = [...document.styleSheets].flatMap((sheet) =>
  [...sheet.cssRules].map((rule) => rule.cssText),
);
const body = document.body.cloneNode(true);
body.querySelectorAll('script').forEach((script) => script.remove());
return { styles: styles.join('\n'), body: body.outerHTML };
