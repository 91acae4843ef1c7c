/**
 * Whether the focus was left behind by going to another page: on what is no longer there, or on what led to it from around the
 * content. Tabs, filters and search keep it, and so do dialogs and menus, which give it back themselves.
 */
export function strayed(focused: Element | null, content: Element): boolean {
  if (focused === null || focused === document.body) return true;
  return !content.contains(focused) && focused.closest('[role="dialog"], [role="menu"]') === null;
}
