import type { DiagnosisView } from '../ipc/generated/contract';

/** The diagnosis as text to send to somebody: the same lines in every language. */
export function doctorReport(diagnosis: DiagnosisView, version: string): string {
  const lines = diagnosis.findings.map(
    ({ verdict, area, subject, what }) => `${verdict.toUpperCase().padEnd(7)} ${area} ${subject}: ${what}`,
  );
  return [`Tuppence ${version}, sign-in doctor, ${diagnosis.at}`, ...lines].join('\n');
}
