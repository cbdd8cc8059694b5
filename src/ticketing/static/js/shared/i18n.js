const chinese = document.documentElement.lang.startsWith("zh");

/** The text in the page's language. @param {string} zh @param {string} en */
export const t = (zh, en) => (chinese ? zh : en);
