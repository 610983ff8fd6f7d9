//! Counts what the content security policy refused. The journeys read the count and expect 0.

declare global {
  interface Window {
    __cspViolations: number;
  }
}

export function countCspViolations(): void {
  window.__cspViolations = 0;
  document.addEventListener('securitypolicyviolation', () => {
    window.__cspViolations += 1;
  });
}
