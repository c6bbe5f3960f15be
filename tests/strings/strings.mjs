// The strings: the list of others, and what it lacks.
import { createRequire } from "node:module";

const listed = createRequire(import.meta.url)("big-list-of-naughty-strings/blns.json");

/** A few characters from all over a plane of Unicode, without surrogates. */
function plane(number) {
  const found = [];
  for (let low = 0x21; low <= 0xffff && found.length < 120; low += 0x223) {
    const point = number * 0x10000 + low;
    if (point < 0xd800 || point > 0xdfff) found.push(String.fromCodePoint(point));
  }
  return found.join("");
}

const vietnamese = "Nghìn năm văn hiến: đường thủy Lam An – Hòn Trâm, gặp gỡ ở phường Ỷ Lan";
const made = [
  ...Array.from({ length: 17 }, (_, number) => plane(number)),
  // The same words as one keyboard, another, and a third give them.
  vietnamese.normalize("NFC"), vietnamese.normalize("NFD"), "Tiê\u0301ng Viê\u0323t, ho\u0300a va\u0300 hoà",
  "ngu\u031bo\u031b\u0300i \u0110a\u0300 N\u0103\u0303ng", "\u0111 \u00f0 \u0256 \u0110 \u00d0 \u0189",
  // Every control, every kind of space and break, every direction.
  ...Array.from({ length: 0xa0 }, (_, point) => point).filter((point) => point < 0x20 || point > 0x7e)
    .map((point) => `a${String.fromCodePoint(point)}b`),
  ..."\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u180e\u2000\u2007\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u202f\u205f\u2060\u2061\u2066\u2067\u2068\u2069\u2800\u3000\u3164\ufe0f\ufeff\ufff9\ufffc\ufffd\ufffe\uffff"
    .split("").flatMap((one) => [one, `a${one}b`, one.repeat(40)]),
  "\u{fdd0}", "\u{1fffe}", "\u{10ffff}", "\u{e0001}\u{e0041}", "\u{e0100}a", "\u{1d173}",
  "\u05e9\u05dc\u05d5\u05dd abc \u0645\u0631\u062d\u0628\u0627 123", "\u202eevil\u202c", "\u2067\u2066\u2069\u2068x", "abc\u202dgnp.exe",
  // Floods.
  "e" + "\u0301".repeat(5000), "a" + "\u0323\u0302\u0301".repeat(90), "\u0301".repeat(250), "\u1f468\u200d".repeat(70),
  "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}".repeat(20), "\ufdfa".repeat(290), "\u{1f1fb}\u{1f1f3}".repeat(30), "\u0e01\u0e49\u0e49\u0e49".repeat(60),
  "x".repeat(200), "x".repeat(201), "x".repeat(300), "x".repeat(301), "đ".repeat(2000), "đ".repeat(2001), "𠮷".repeat(300), "x".repeat(150000),
  // What composing changes, and in which order marks stand.
  "\u212b \u2126 \u1e9b\u0323 \uac00 \u1100\u1161\u11a8 \u0f73 \u0344 \u2adc", "q\u0307\u0323 q\u0323\u0307", "\u0041\u030a", ">\u0338 <\u0338 =\u0338",
  "\r\n a \r b \n c \r\n", "\t", " ", "", "\u3000\u00a0\u2003x\u2003", "null", "true", "[]", "{}", "0", "-1", "\\u0000", "%00", "\\",
];

export const strings = [...new Set([...listed, ...made])];
export const counts = { listed: listed.length, made: made.length };
