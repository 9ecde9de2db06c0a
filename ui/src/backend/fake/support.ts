import type {
  DiagnosisView,
  FlowStepView,
  KeptView,
  LeavingParams,
  SignInTraceView,
} from '../../ipc/generated/contract';
import { FakeProviders } from './providers';
import { ago } from './world';

function step(name: string, reference: string, values: [string, string][]): FlowStepView {
  const named = values.map(([key, value]) => ({ name: key, value }));
  return { name, reference, at: ago(0), outcome: 'done', reason: null, values: named };
}

/** The doctor, the steps of a sign-in and the ways to leave of the fake host. */
export class FakeSupport extends FakeProviders {
  async doctorRun(): Promise<DiagnosisView> {
    return this.host.answer('doctorRun', {
      at: ago(0),
      healthy: false,
      findings: [
        { area: 'redirectPort', subject: '17493', verdict: 'ok', what: 'free' },
        { area: 'proxy', subject: 'HTTPS_PROXY', verdict: 'note', what: 'set; loopback goes past it' },
        {
          area: 'clock',
          subject: 'chutes',
          verdict: 'problem',
          what: "this machine's clock is 3600 s ahead of the provider's",
        },
      ],
    });
  }

  async signInSteps(): Promise<SignInTraceView | null> {
    const trace: SignInTraceView = {
      providerName: 'Chutes',
      startedAt: ago(0),
      isOver: false,
      steps: [
        step('redirect_uri', 'RFC 8252 section 7', [
          ['redirect_uri', 'http://127.0.0.1:17493/redirect/chutes'],
        ]),
        step('authorization_request', 'RFC 6749 section 4.1.1, RFC 7636 section 4.3', [
          ['state', '<redacted, 43 characters>'],
          ['code_challenge_method', 'S256'],
        ]),
        {
          ...step('authorization_response', 'RFC 6749 section 4.1.2, RFC 9207 section 2', []),
          outcome: 'ignored',
          reason: 'its state is not ours',
        },
      ],
    };
    return this.host.answer('signInSteps', trace);
  }

  async leavingAsk(leaving: LeavingParams): Promise<KeptView[]> {
    const kept: Record<LeavingParams, KeptView[]> = {
      signOut: ['conversations', 'costs', 'accountName', 'browserSession', 'providerRecords'],
      removeAccount: ['conversations', 'costs', 'browserSession', 'providerRecords'],
      eraseDevice: ['browserSession', 'providerRecords'],
    };
    return this.host.answer(`leavingAsk ${leaving}`, kept[leaving]);
  }

  async accountRemove(accountId: string): Promise<void> {
    const { view } = this.host.world;
    if (view.accounts.some(({ id }) => id === accountId)) await this.signOut(accountId, false);
    this.host.world.signedOut = this.host.world.signedOut.filter(({ id }) => id !== accountId);
    this.host.update({});
    return this.host.answer(`accountRemove ${accountId}`, undefined);
  }

  async deviceErase(): Promise<void> {
    return this.host.answer('deviceErase', undefined);
  }
}
