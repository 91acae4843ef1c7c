/**
 * Acts once for those who ask for the same at the same time: the second click of a double click comes before the button knows that it
 * is busy. It gets the answer of the first, so that what is shown only once is not lost to "there is one already".
 */
export function once<Given, Answer>(act: (given: Given) => Promise<Answer>): (given: Given) => Promise<Answer> {
  const going = new Map<string, Promise<Answer>>();
  return (given) => {
    const key = JSON.stringify(given) ?? "";
    const same = going.get(key);
    if (same !== undefined) return same;
    const answer = act(given).finally(() => going.delete(key));
    going.set(key, answer);
    return answer;
  };
}
