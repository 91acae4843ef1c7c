/** What somebody is called; their email, which is nobody else's, on hover. */
export function PersonName({ name, email }: { name: string; email: string }) {
  return <span title={name === email ? undefined : email}>{name}</span>;
}
