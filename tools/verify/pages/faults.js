// Runs in the page, as text: what it comes to is everything that is wrong with how the page is drawn, in words.
(() => {
  /** Text of this size, in pixels, is large, and reads with less contrast; bold text from the lesser one on. */
  const LARGE = 24;
  const LARGE_BOLD = 18.66;

  /** Red, green, blue up to 255, and how much they cover, of what the browser computes. */
  const colour = (text) => {
    const shares = /^color\(srgb (.+)\)$/.exec(text)?.[1].split(/[ /]+/).map(Number);
    const [red = 0, green = 0, blue = 0, alpha = 1] = shares ?? (text.match(/[\d.]+/g) ?? []).map(Number);
    return shares ? [red * 255, green * 255, blue * 255, alpha] : [red, green, blue, alpha];
  };
  const over = (top, below) => [0, 1, 2].map((at) => top[at] * top[3] + below[at] * (1 - top[3])).concat(1);
  const background = (element) => {
    if (!element) return [255, 255, 255, 1];
    const own = colour(getComputedStyle(element).backgroundColor);
    return own[3] === 1 ? own : over(own, background(element.parentElement));
  };
  const luminance = (given) => {
    const [red, green, blue] = given.slice(0, 3).map((each) => {
      const share = each / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };

  const isShown = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return width > 1 && height > 1 && getComputedStyle(element).visibility === 'visible';
  };
  const hasText = (element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
  const about = (element) => `${element.tagName} "${element.textContent.trim().slice(0, 40)}"`;

  const faintness = (element) => {
    const style = getComputedStyle(element);
    const size = Number.parseFloat(style.fontSize);
    const isLarge = size >= LARGE || (size >= LARGE_BOLD && Number(style.fontWeight) >= 700);
    const ink = colour(element instanceof SVGElement ? style.fill : style.color);
    const ratio = contrast(over(ink, background(element)), background(element));
    return ratio >= (isLarge ? 3 : 4.5) ? [] : [`a contrast of ${ratio.toFixed(2)} of ${about(element)}`];
  };

  const texts = [...document.querySelectorAll('body *')].filter(
    (element) => hasText(element) && isShown(element) && !element.closest('title, desc, circle, .count'),
  );
  const excess = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const unnamed = [...document.querySelectorAll('svg')].filter(
    (svg) => !svg.querySelector(':scope > title')?.textContent.trim(),
  );
  const unreachable = [...document.querySelectorAll('summary, .scroll, .timeline')].filter(
    ({ tabIndex }) => tabIndex < 0,
  );
  return [
    ...(texts.length < 5 ? ['hardly any text is shown'] : []),
    ...(excess > 0 ? [`${excess} pixels more than there is room for`] : []),
    ...texts.flatMap(faintness),
    ...unnamed.map((svg) => `a picture without a name: ${about(svg)}`),
    ...unreachable.map((element) => `no key reaches ${about(element)}`),
  ];
})();
