/** How much of a file tells what it is. */
const HEAD = 4096;

/** Whether a file holds conversations: our own export, or that of ChatGPT or Claude. No archive can be attached. */
export async function isConversationFile(file: File): Promise<boolean> {
  if (/\.zip$/i.test(file.name)) return true;
  if (!/\.json$/i.test(file.name)) return false;
  const head = await file.slice(0, HEAD).text();
  return (
    /^\s*\{\s*"format"\s*:\s*"tuppence-conversations"/.test(head) ||
    (/^\s*\[/.test(head) && /"(mapping|chat_messages|conversation_id)"\s*:/.test(head)) ||
    /^conversations(-\d+)?\.json$/i.test(file.name)
  );
}
