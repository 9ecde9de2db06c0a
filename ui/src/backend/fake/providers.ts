import type {
  MetadataDifferenceView,
  ProviderCheckView,
  ProviderSetupParams,
  ProviderSetupView,
} from '../../ipc/generated/contract';
import { FakeAccounts } from './accounts';
import { ipcError } from './world';

const PORTS = [17493, 21907, 24611, 28561, 31847];

/** Set-ups of the fake host. Its only developer key is `cpk_right`. */
export class FakeProviders extends FakeAccounts {
  readonly #saved = new Map<string, Partial<ProviderSetupView>>();

  async providerSetupGet(providerId: string): Promise<ProviderSetupView> {
    return this.host.answer('providerSetupGet', this.#setup(providerId));
  }

  async providerSetupSave(params: ProviderSetupParams): Promise<ProviderSetupView> {
    const { providerId, providerName } = params;
    if (providerId === 'other' && !providerName) throw ipcError('setupIncomplete', { field: 'name' });
    const id =
      providerId === 'other' ? (providerName ?? '').toLowerCase().replace(/[^a-z0-9]/g, '-') : providerId;
    this.#saved.set(id, {
      clientId: params.clientId,
      clientIdSource: 'setUp',
      ...(params.clientSecret === null ? {} : { secretSource: 'setUp' }),
      ...(params.issuer === null ? {} : { issuer: params.issuer }),
      ...(params.apiBase === null ? {} : { apiBase: params.apiBase }),
      endpoints: params.endpoints,
      redirectPorts: params.redirectPorts,
    });
    this.#ready(id, providerName ?? id);
    return this.host.answer('providerSetupSave', this.#setup(id));
  }

  async providerRegisterApp(providerId: string, developerKey: string): Promise<ProviderSetupView> {
    if (developerKey !== 'cpk_right') throw ipcError('registrationRejected', { field: 'developerKey' });
    this.#saved.set(providerId, {
      clientId: 'cid_5c1f09a7e2b84d63',
      clientIdSource: 'setUp',
      secretSource: 'setUp',
    });
    this.#ready(providerId, providerId);
    return this.host.answer('providerRegisterApp', this.#setup(providerId));
  }

  /** `diverse.example` is a host that publishes something else than its set-up has. */
  async providerCheck(providerId: string): Promise<ProviderCheckView> {
    const { issuer, endpoints } = this.#setup(providerId);
    const address = endpoints?.authorization ?? issuer ?? '';
    const differences: MetadataDifferenceView[] = address.includes('diverse.example')
      ? [
          {
            subject: 'tokenEndpoint',
            ours: endpoints?.token ?? 'https://diverse.example/token',
            theirs: 'https://diverse.example/oauth2/token',
          },
          { subject: 'scope', ours: 'email', theirs: 'openid profile' },
        ]
      : [];
    return this.host.answer(`providerCheck ${providerId}`, { type: 'compared', differences });
  }

  async providerRemove(providerId: string): Promise<void> {
    const { providers, accounts } = this.host.world.view;
    if (accounts.some((one) => one.providerId === providerId)) throw ipcError('requestRejected');
    this.#saved.delete(providerId);
    const ships = ['quota', 'chutes', 'openrouter'].includes(providerId);
    this.host.update({
      providers: ships
        ? providers.map((one) => (one.id === providerId ? { ...one, ready: false } : one))
        : providers.filter(({ id }) => id !== providerId),
    });
    return this.host.answer(`providerRemove ${providerId}`, undefined);
  }

  #ready(id: string, name: string): void {
    const { providers } = this.host.world.view;
    const known = providers.find((provider) => provider.id === id);
    const provider = known ?? { id, name, playMoney: false, ready: true, takesKeyTerms: false };
    const others = providers.filter((one) => one.id !== id);
    this.host.update({ providers: [...others, { ...provider, ready: true }] });
  }

  #setup(providerId: string): ProviderSetupView {
    const other = providerId === 'other';
    const ships = ['quota', 'chutes', 'openrouter'].includes(providerId);
    const { providers } = this.host.world.view;
    const saved = this.#saved.get(providerId);
    return {
      providerId,
      providerName: providers.find(({ id }) => id === providerId)?.name ?? '',
      redirectUris: ships ? PORTS.map((port) => `http://127.0.0.1:${port}/redirect/${providerId}`) : [],
      scopes: ships ? 'openid profile chutes:invoke' : 'openid profile email',
      clientId: null,
      clientIdSource: 'none',
      secret: ships ? 'required' : 'optional',
      secretSource: 'none',
      registrationUrl: ships ? 'https://chutes.ai/settings/apps' : null,
      issuer: ships ? 'https://api.chutes.ai' : null,
      endpoints: null,
      apiBase: ships ? 'https://llm.chutes.ai/v1' : null,
      addressesSource: ships ? 'builtIn' : other ? 'none' : 'setUp',
      scopesSource: ships ? 'builtIn' : other ? 'none' : 'setUp',
      redirectSource: ships ? 'builtIn' : other ? 'none' : 'setUp',
      redirectPorts: ships ? PORTS : null,
      registeredPorts: PORTS,
      registersApps: ships,
      isSetUpHere: saved !== undefined,
      ...saved,
    };
  }
}
