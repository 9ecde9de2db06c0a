import { createContext } from 'svelte';
import type { App } from './app.svelte';

/** The app's state, given once at the root and taken by any component below. */
export const [getApp, setApp] = createContext<App>();
