import type { Finding } from './finding.ts';

/** A policy that somebody put into the policy table by hand, beside those of the tenant's file. */
export interface LiveItem {
  readonly set: string;
  readonly id: string;
  /** The policy table. */
  readonly table: string;
  /** As it is enforced, in one line; or why it is not. */
  readonly state:
    | { readonly is: 'enforced'; readonly text: string }
    | { readonly is: 'permit'; readonly text: string }
    | { readonly is: 'rejected'; readonly reason: string };
}

/** What is to be said of live policies: that they are there at all, so that an emergency does not become the rule. */
export function liveFindings(items: readonly LiveItem[]): Finding[] {
  return items.map(({ set, id, table, state }): Finding => {
    const finding = (
      code: 'LIVE_POLICY' | 'LIVE_REJECTED',
      severity: Finding['severity'],
      message: string,
      remedy: string,
    ): Finding => ({
      code,
      severity,
      set,
      site: { file: table, line: 1, column: 1 },
      policy: id,
      message,
      remedy,
      certainty: { kind: 'proved', by: 'scopes' },
    });
    switch (state.is) {
      case 'enforced':
        return finding(
          'LIVE_POLICY',
          'note',
          `"${id}" is enforced beside the tenant's file: ${state.text}`,
          'put it into the file if it is to stay, then delete the item',
        );
      case 'permit':
        return finding(
          'LIVE_POLICY',
          'note',
          `"${id}" permits, where the stack's livePolicies is any: ${state.text}`,
          'put it into the file if it is to stay, then delete the item',
        );
      default:
        return finding(
          'LIVE_REJECTED',
          'warning',
          `"${id}" is not enforced: ${state.reason}`,
          'correct the item: until then, at most its version before holds',
        );
    }
  });
}
