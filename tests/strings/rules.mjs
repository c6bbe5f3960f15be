// What the documentation says becomes of a text: as what it comes back, or null where it is refused.

const points = (text) => [...text];
const code = (character) => character.codePointAt(0);
// XML cannot carry it (docs: openapi/README.md, Texts).
const isCarried = (c) => (code(c) >= 0x20 || "\t\n\r".includes(c)) && (code(c) & 0xfffe) !== 0xfffe;
const SPACE = "\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const trim = (text) => text.replace(new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "g"), "");

/** Nothing of it takes room on a screen. */
export const isBlank = (text) => new RegExp(`^(?:[${SPACE}\\u2800\\ufff9-\\ufffb]|\\p{Cc}|\\p{Default_Ignorable_Code_Point}|\\p{Bidi_Control})*$`, "u").test(text);
const within = (text, most) => (points(text).length <= most ? text : null);

/** One line: trimmed and composed; `blank` is what becomes of one of which nothing can be seen, if not it itself. */
export const line = (most, blank = (composed) => composed) => (raw) => {
  const text = trim(raw);
  if (points(text).some((c) => !isCarried(c) || /[\p{Cc}\u2028\u2029]/u.test(c))) return null;
  const composed = text.normalize("NFC");
  return isBlank(composed) ? blank(composed) : within(composed, most);
};

/** Lines: composed, with line feeds. */
export const text = (most) => (raw) =>
  points(raw).some((c) => !isCarried(c)) ? null : within(raw.replaceAll(/\r\n?/g, "\n").normalize("NFC"), most);

const escaped = (raw) =>
  raw.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\u00a0", "&nbsp;");
/** The text between words of a paragraph. */
export const paragraph = (raw) => `<p>đầu ${escaped(raw)} cuối</p>`;
export const body = (raw) => {
  const kept = text(Infinity)(raw);
  if (kept === null) return null;
  const html = paragraph(kept);
  return Buffer.byteLength(html) <= 524288 ? html : null;
};
