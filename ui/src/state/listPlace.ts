import type { ConversationView, ListPlaceView } from '../ipc/generated/contract';

/** Where the list has a conversation. */
export function placeOf({ id, pinned, folder, updatedAt }: ConversationView): ListPlaceView {
  const filed = !pinned && folder !== null;
  return {
    section: pinned ? 0 : filed ? 1 : 2,
    sectionName: filed ? folder : '',
    recency: -Date.parse(updatedAt),
    id,
  };
}

/** Whether a place is another one, or comes before it. */
export function isBefore(place: ListPlaceView, other: ListPlaceView): boolean {
  return (
    (place.section - other.section ||
      order(asSorted(place.sectionName), asSorted(other.sectionName)) ||
      place.recency - other.recency ||
      order(place.id, other.id)) <= 0
  );
}

/** The host tells no capital letters of ASCII from small ones. */
function asSorted(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
