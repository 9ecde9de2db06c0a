import { formatDate } from './formatters';
import { t } from './locale.svelte';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** This moment as RFC 3339. */
export function instantNow(): string {
  return new Date().toISOString();
}

/** How long ago, in words: "just now", "2 min ago", "yesterday". `now` is in milliseconds. */
export function formatAge(instant: string, now: number): string {
  const age = now - Date.parse(instant);
  if (Number.isNaN(age)) return '';
  if (age < 45_000) return t.time.justNow;
  if (age < HOUR) return t.time.minutesAgo(Math.max(1, Math.round(age / MINUTE)));
  if (age < DAY) return t.time.hoursAgo(Math.round(age / HOUR));
  const days = Math.round(age / DAY);
  return days === 1 ? t.time.yesterdayAgo : t.time.daysAgo(days);
}

/** The same with seconds, for what is checked while one waits. */
export function formatFreshness(instant: string, now: number): string {
  const seconds = Math.round((now - Date.parse(instant)) / 1000);
  if (seconds < 2) return t.time.justNow;
  if (seconds < 60) return t.time.secondsAgo(seconds);
  return formatAge(instant, now);
}

/** Time left as `4:32`; never negative. */
export function formatCountdown(until: string, now: number): string {
  const seconds = Math.max(0, Math.ceil((Date.parse(until) - now) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** A length of time in words, for "try again in …". */
export function formatWait(until: string, now: number): string {
  const seconds = Math.max(0, Math.ceil((Date.parse(until) - now) / 1000));
  if (seconds < 90) return t.time.seconds(seconds);
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 90) return t.time.minutes(minutes);
  const hours = Math.ceil(minutes / 60);
  return hours <= 48 ? t.time.hours(hours) : t.time.days(Math.ceil(hours / 24));
}

function startOfDay(instant: number): number {
  const day = new Date(instant);
  day.setHours(0, 0, 0, 0);
  return day.getTime();
}

/** The heading under which a conversation of that day stands in the list. */
export function dayGroup(instant: string, now: number): string {
  const then = Date.parse(instant);
  const days = Math.round((startOfDay(now) - startOfDay(then)) / DAY);
  if (days <= 0) return t.time.today;
  if (days === 1) return t.time.yesterday;
  if (days < 7) return t.time.thisWeek;
  if (days < 14) return t.time.lastWeek;
  const date = new Date(then);
  const sameYear = date.getFullYear() === new Date(now).getFullYear();
  return formatDate(date, t.tags.months, sameYear ? { month: 'long' } : { month: 'long', year: 'numeric' });
}

/** A full date and time, for tooltips. */
export function formatInstant(instant: string): string {
  return formatDate(new Date(instant), t.tags.dates, { dateStyle: 'medium', timeStyle: 'short' });
}
