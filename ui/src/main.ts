import './styles/tokens.css';
import './styles/base.css';
import './styles/prose.css';
import './styles/diagrams.css';
import './styles/remote-images.css';
import { mount } from 'svelte';
import Root from './Root.svelte';
import { App } from './state/app.svelte';
import { tauriBackend } from './backend/tauri';
import { DomAnswerSurface } from './transcript/answerSurface';
import { styled } from './styles/styled';
import type { Backend } from './backend/types';
import type { Scenario } from './backend/fake/scenarios';

interface Host {
  backend: Backend;
  /** Only the fake host has one. */
  scenario: Scenario | null;
  /** The names of all that it has. */
  scenarios: readonly string[];
}

/** The product's bundle holds no fake host: the condition is known when it is built. */
async function chooseHost(): Promise<Host> {
  if (import.meta.env.DEV || import.meta.env.MODE === 'showcase') {
    if (!('__TAURI_INTERNALS__' in window)) {
      const [{ FakeBackend }, { buildScenario, scenarioNames }] = await Promise.all([
        import('./backend/fake'),
        import('./backend/fake/scenarios'),
      ]);
      const scenario = buildScenario(new URLSearchParams(location.search));
      return { backend: new FakeBackend(scenario), scenario, scenarios: scenarioNames };
    }
  }
  return { backend: tauriBackend, scenario: null, scenarios: [] };
}

async function begin(): Promise<void> {
  const { backend, scenario, scenarios } = await chooseHost();
  const app = new App(backend, () => new DomAnswerSurface());
  const target = document.getElementById('app');
  if (!target) throw new Error('index.html has no #app');
  await styled();
  target.replaceChildren();
  mount(Root, { target, props: { app } });
  await app.start();
  if (scenario) {
    await stage(app, scenario);
    // For those who look from outside: it stands, and these are the others.
    document.documentElement.dataset['staged'] = scenarios.join(' ');
  }
}

/** Brings the window to where a scenario wants it. */
async function stage(app: App, { open, setup, send, signInFault }: Scenario): Promise<void> {
  if (setup) app.session.openSetup(setup);
  if (open) await app.chat.open(open);
  if (signInFault) await app.session.signIn('quota');
  if (send) {
    const payer = app.payment.payer(null);
    if (payer) await app.models.want(payer.id);
    await app.chat.sendText(send);
  }
}

void begin();
