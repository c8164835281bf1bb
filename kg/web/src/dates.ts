/** Dates as the graph writes them: a year, a month or a day. */

const DAY = 86_400_000;

/** The first day of a date, YYYY-MM-DD; null if it is none. */
export function dayOf(date: string): string | null {
  const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(date);
  return found ? `${found[1]}-${found[2] ?? "01"}-${found[3] ?? "01"}` : null;
}

/** Days since 1970. */
export function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / DAY);
}

export function dayFromNumber(number: number): string {
  return new Date(number * DAY).toISOString().slice(0, 10);
}

/** As people write it: "3. Dez. 2024", "Dezember 2024", "2024". Anything that is no date stays as it is. */
export function readableDate(date: string, lang: string): string {
  const found = /^(\d{4})(-\d\d)?(-\d\d)?/.exec(date);
  const time = Date.parse(`${dayOf(date) ?? ""}T00:00:00Z`);
  if (!found || Number.isNaN(time)) return date;
  if (!found[2]) return found[1]!;
  const form: Intl.DateTimeFormatOptions = found[3]
    ? { day: "numeric", month: "short", year: "numeric" }
    : { month: "long", year: "numeric" };
  return new Intl.DateTimeFormat(lang, { ...form, timeZone: "UTC" }).format(time);
}

export type Step = "day" | "week" | "month" | "year";

/** The step that divides a range into at most some eighty. */
export function stepFor(from: string, until: string): Step {
  const days = dayNumber(until) - dayNumber(from) + 1;
  return days <= 62 ? "day" : days <= 420 ? "week" : days <= 2500 ? "month" : "year";
}

/** The first day of the step in which a day lies; weeks begin on Monday. */
export function stepStart(day: string, step: Step): string {
  if (step === "year") return `${day.slice(0, 4)}-01-01`;
  if (step === "month") return `${day.slice(0, 7)}-01`;
  const number = dayNumber(day);
  return step === "week" ? dayFromNumber(number - ((((number + 3) % 7) + 7) % 7)) : day;
}

/** The first days of all steps from one day to another. */
export function stepsBetween(from: string, until: string, step: Step): string[] {
  const starts: string[] = [];
  for (let day = stepStart(from, step); day <= until; day = nextStep(day, step)) starts.push(day);
  return starts;
}

function nextStep(day: string, step: Step): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (step === "year") date.setUTCFullYear(date.getUTCFullYear() + 1);
  else if (step === "month") date.setUTCMonth(date.getUTCMonth() + 1);
  else date.setUTCDate(date.getUTCDate() + (step === "week" ? 7 : 1));
  return date.toISOString().slice(0, 10);
}
