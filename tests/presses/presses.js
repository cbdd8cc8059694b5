// What the walker knows of a page: its controls, found by themselves, and what it looks like.
(() => {
  const CONTROLS = "a[href], button, summary, [role=button], input[type=submit], input[type=button], input[type=image]";
  const TIMES = /\d+(?:[:.]\d+)*/g; // a clock runs by itself

  /** Whether somebody could press it: it is there, on the page and switched on. */
  const shown = (element) => {
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    return box.width > 0 && box.height > 0 && element.checkVisibility({ visibilityProperty: true }) && style.pointerEvents !== "none" &&
      !element.disabled && element.getAttribute("aria-disabled") !== "true" && !element.closest("[inert]");
  };

  const words = (element) => (element.innerText || element.getAttribute("aria-label") || element.value || element.title || "").replace(/\s+/g, " ").trim();

  /** By what a control is known again after the page was loaded anew, and on another page. */
  const name = (element) => {
    const form = element.form;
    const to = element.getAttribute("href") ?? element.getAttribute("formaction") ?? form?.getAttribute("action") ?? "";
    return [element.tagName.toLowerCase(), to, element.name ?? "", words(element).replace(TIMES, "#").slice(0, 60), element.className].join("|");
  };

  const nth = (element, all) => all.filter((other) => name(other) === name(element)).indexOf(element);

  window.controls = () => {
    const all = [...document.querySelectorAll(CONTROLS)];
    return all.filter(shown).map((element) => ({
      name: name(element), nth: nth(element, all), words: words(element), href: element.getAttribute("href"),
      submits: Boolean(element.form) && (element.type === "submit" || element.type === "image"),
      current: Boolean(element.getAttribute("aria-current")),
    }));
  };

  /** Whether only a keyboard comes to it: it stands beside the page, or is a dot. */
  window.forKeysAlone = (element) => {
    const box = element.getBoundingClientRect();
    const { clip, clipPath } = getComputedStyle(element);
    return box.bottom + scrollY <= 0 || box.right <= 0 || box.width <= 2 || box.height <= 2 || clip !== "auto" || clipPath !== "none";
  };

  window.control = (wanted, n) => {
    const all = [...document.querySelectorAll(CONTROLS)];
    return all.filter((element) => name(element) === wanted)[n];
  };

  /** Everything that a person or a screen reader could notice, without the clocks. */
  window.looks = () => {
    const parts = [document.title, String(scrollY > 0), document.activeElement?.id || document.activeElement?.tagName || ""];
    for (const element of document.body.querySelectorAll("*")) {
      if (element instanceof HTMLScriptElement) continue;
      const state = ["open", "hidden", "checked", "disabled", "aria-expanded", "aria-pressed", "aria-hidden", "aria-checked", "class", "data-state", "style"]
        .map((key) => element.getAttribute(key) ?? "").join(",");
      const value = element.value ?? "", ticked = element.checked ?? "";
      const own = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data.trim()).join(" ");
      parts.push(`${element.tagName}[${state}]${["hidden"].includes(element.type) ? "" : value}${ticked}${own.replace(TIMES, "#")}`);
    }
    return parts.join("\n");
  };

  /** Put into each empty field of a control's form what somebody would type there. */
  window.fill = (wanted, n) => {
    const form = window.control(wanted, n)?.form;
    for (const field of form?.elements ?? []) {
      if (field.disabled || field.readOnly || !field.name) continue;
      const set = (value) => {
        field.value = value;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.dispatchEvent(new Event("change", { bubbles: true }));
      };
      if (field.type === "checkbox" && !field.checked && field.offsetParent) field.click();
      if (field.tagName === "SELECT" && field.selectedIndex < 1 && field.options.length > 1) set(field.options[1].value);
      if (field.value) continue;
      if (field.type === "email") set("mei@example.com");
      else if (field.type === "tel") set("13800001234");
      else if (field.type === "number") set(field.min || "1");
      else if (field.type === "datetime-local") set("2030-01-01T12:00");
      else if (field.type === "date") set("2030-01-01");
      else if (field.type === "time") set("12:00");
      else if (["text", "search", "password", "textarea"].includes(field.type)) set(/amount|price|cash|fen|face|paid|counted|float/.test(field.name) ? "80" : "测试");
    }
  };
})();
