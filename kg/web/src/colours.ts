/** The colours that carry meaning; chosen to differ for colour-blind eyes and on light and dark ground. */

import type { Modality, Polarity } from "./data";

export type Theme = "light" | "dark";

export interface Palette {
  ground: string;
  ink: string;
  faint: string; // of edges that have no polarity
  polarity: Record<Polarity, string>;
  type(type: string): string;
}

const POLARITY: Record<Theme, Record<Polarity, string>> = {
  light: { support: "#0d8f6f", oppose: "#d0432f", conditional: "#c98a00", ambivalent: "#8b5cc7", neutral: "#77839a" },
  dark: { support: "#35c79d", oppose: "#f2705c", conditional: "#eab440", ambivalent: "#b892f0", neutral: "#97a3b8" },
};

/** Each sign says what the colour says, for those who do not see it. */
export const SIGN: Record<Polarity, string> = {
  support: "+",
  oppose: "−",
  conditional: "?",
  ambivalent: "±",
  neutral: "○",
};

const TYPES: Record<string, [light: string, dark: string]> = {
  Person: ["#3566d6", "#7aa2ff"],
  State: ["#0b7285", "#4cc3d9"],
  Place: ["#66804b", "#a3c07f"],
  Alliance: ["#5f3dc4", "#a48bff"],
  InternationalOrganisation: ["#7a4fd0", "#b79cff"],
  Organisation: ["#8a6d1f", "#d8b65a"],
  GovernmentBody: ["#2b7fb8", "#6fbdf0"],
  Party: ["#b0487f", "#ee8fbe"],
  ArmedGroup: ["#9c3d2b", "#e58a76"],
  Group: ["#8f5a3c", "#d19f80"],
  Treaty: ["#4f772d", "#9acb6b"],
  WeaponSystem: ["#a8323e", "#f08a94"],
  Topic: ["#46506a", "#c9d1e4"],
  Role: ["#6b7280", "#aab2c0"],
};
const OTHERS: [string, string][] = [
  ["#7c6a0a", "#d3c05a"],
  ["#0f766e", "#5ecfc4"],
  ["#9d4edd", "#cfa2ff"],
  ["#b45309", "#f0a860"],
];

const GROUND: Record<Theme, [ground: string, ink: string, faint: string]> = {
  light: ["#ffffff", "#1b2233", "#b4bdcd"],
  dark: ["#141821", "#e6eaf2", "#4a5468"],
};

export function paletteOf(theme: Theme): Palette {
  const [ground, ink, faint] = GROUND[theme];
  return { ground, ink, faint, polarity: POLARITY[theme], type: (type) => typeColour(type)[theme === "light" ? 0 : 1] };
}

function typeColour(type: string): [string, string] {
  const known = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  if (known) return known;
  let sum = 0;
  for (const letter of type) sum = (sum * 31 + letter.codePointAt(0)!) % 9973;
  return OTHERS[sum % OTHERS.length]!;
}

/** Not said to be so: drawn hatched or dashed. */
export function isOpen(modality: Modality | null): boolean {
  return modality === "possible" || modality === "hypothetical" || modality === "planned";
}

/** "#rrggbb" with an opacity, as canvas and WebGL read it. */
export function withAlpha(colour: string, alpha: number): string {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return `rgba(${r},${g},${b},${alpha})`;
}

/** Puts the colours where the style sheet finds them, as custom properties. */
export function applyPalette(theme: Theme, root: HTMLElement): void {
  const palette = paletteOf(theme);
  root.dataset.theme = theme;
  for (const [name, colour] of Object.entries(palette.polarity)) root.style.setProperty(`--${name}`, colour);
}
