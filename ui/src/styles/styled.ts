/**
 * Ends once every style sheet of the page is there, or could not be had. WebKit runs a module without
 * waiting for them, and what is measured then is not what will be shown.
 */
export async function styled(): Promise<void> {
  const links = [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')];
  await Promise.all(links.filter(({ sheet }) => sheet === null).map(settled));
}

function settled(link: HTMLLinkElement): Promise<void> {
  return new Promise((resolve) => {
    for (const end of ['load', 'error']) {
      link.addEventListener(
        end,
        () => {
          resolve();
        },
        { once: true },
      );
    }
  });
}
