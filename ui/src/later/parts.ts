/** What no start shows; read once that stands which it does show. */
export { default as DropTarget } from '../attachments/DropTarget.svelte';
export { default as Overlays } from '../screens/Overlays.svelte';
export { default as SignIn } from '../screens/SignIn.svelte';
export { default as Feed } from '../transcript/Feed.svelte';
export { default as FindBar } from '../transcript/FindBar.svelte';
export { default as AccountMenu } from '../workspace/AccountMenu.svelte';
export { default as ContextMenu } from '../workspace/ContextMenu.svelte';
export { default as ConversationMenu } from '../workspace/ConversationMenu.svelte';
export { default as PayerQuestion } from '../workspace/PayerQuestion.svelte';
