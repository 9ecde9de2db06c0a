/** What no start shows; fetched once that stands which it does show. */
export { default as Overlays } from './Overlays.svelte';
export { default as SignIn } from './SignIn.svelte';
