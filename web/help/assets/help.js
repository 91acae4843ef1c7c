// The search, the contents on a narrow screen, and a button that copies code. Everything else works without this script.
'use strict';
(() => {
  const form = document.querySelector('.search');
  const input = form.querySelector('input');
  const hits = form.querySelector('.hits');
  const status = form.querySelector('[role=status]');
  const index = new URL(form.dataset.index, location.href);
  let pages;

  const plain = (text) => text.toLowerCase().replaceAll('ё', 'е');

  const load = () => {
    pages ??= fetch(index).then((answer) => answer.json()).then((parts) =>
      parts.map((part) => ({ ...part, title: plain(part.p), heading: plain(part.h ?? ''), text: plain(part.t) })));
    return pages.catch(() => { pages = undefined; return []; });
  };

  // A part counts when it has every word; words of its heading and title weigh more, whole words more than parts of words.
  const weigh = (part, words) => {
    let total = 0;
    for (const word of words) {
      let weight = 0;
      if (part.heading.includes(word)) weight += 12;
      if (part.title.includes(word)) weight += part.h ? 4 : 14;
      const at = part.text.indexOf(word);
      if (at >= 0) weight += /[\p{L}\p{N}_]/u.test(part.text[at - 1] ?? ' ') ? 1 : 3;
      if (weight === 0) return 0;
      total += weight;
    }
    return total;
  };

  const marked = (element, text, words) => {
    const low = plain(text);
    let from = 0;
    while (from < text.length) {
      const next = words.map((word) => [low.indexOf(word, from), word.length]).filter(([at]) => at >= 0).sort((a, b) => a[0] - b[0])[0];
      if (!next) break;
      const mark = document.createElement('mark');
      mark.textContent = text.slice(next[0], next[0] + next[1]);
      element.append(text.slice(from, next[0]), mark);
      from = next[0] + next[1];
    }
    element.append(text.slice(from));
    return element;
  };

  const excerpt = (part, words) => {
    const at = Math.max(0, Math.min(...words.map((word) => part.text.indexOf(word)).filter((i) => i >= 0), part.t.length) - 50);
    const start = at === 0 || at >= part.t.length ? 0 : part.t.indexOf(' ', at) + 1;
    return (start > 0 ? '… ' : '') + part.t.slice(start, start + 140);
  };

  const item = (part, words) => {
    const link = document.createElement('a');
    link.href = new URL(part.u, index);
    link.append(marked(document.createElement('b'), part.h ? `${part.p}: ${part.h}` : part.p, words));
    link.append(marked(document.createElement('span'), excerpt(part, words), words));
    const li = document.createElement('li');
    li.append(link);
    return li;
  };

  const fold = () => { hits.hidden = true; };

  const search = async () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    if (words.length === 0) {
      status.textContent = '';
      fold();
      return;
    }
    const asked = input.value;
    const all = await load();
    if (input.value !== asked) return;
    const best = all.map((part) => [weigh(part, words), part]).filter(([weight]) => weight > 0).sort((a, b) => b[0] - a[0]);
    hits.replaceChildren(...best.slice(0, 12).map(([, part]) => item(part, words)));
    if (best.length === 0) {
      const none = document.createElement('li');
      none.className = 'none';
      none.textContent = form.dataset.none;
      hits.append(none);
    }
    hits.hidden = false;
    status.textContent = best.length ? `${best.length} ${form.dataset.found}` : form.dataset.none;
  };

  const step = (event) => {
    const links = [input, ...hits.querySelectorAll('a')];
    const at = links.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1);
    if (hits.hidden || at < 0 || at >= links.length) return;
    event.preventDefault();
    links[at].focus();
  };

  form.hidden = false;
  input.addEventListener('input', search);
  input.addEventListener('focus', () => { load(); if (input.value) search(); });
  form.addEventListener('submit', (event) => { event.preventDefault(); hits.querySelector('a')?.click(); });
  form.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') step(event);
    if (event.key === 'Escape') { input.focus(); fold(); }
  });
  form.addEventListener('focusout', (event) => { if (event.relatedTarget && !form.contains(event.relatedTarget)) fold(); });
  hits.addEventListener('click', fold);
  document.addEventListener('click', (event) => { if (!form.contains(event.target)) fold(); });
  document.addEventListener('keydown', (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? '');
    if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
    }
  });

  const menu = document.querySelector('.menu');
  const unfold = (open) => {
    document.body.classList.toggle('unfolded', open);
    menu.setAttribute('aria-expanded', String(open));
  };
  menu.setAttribute('role', 'button');
  menu.setAttribute('aria-controls', 'contents');
  unfold(false);
  menu.addEventListener('click', (event) => { event.preventDefault(); unfold(!document.body.classList.contains('unfolded')); });
  menu.addEventListener('keydown', (event) => { if (event.key === ' ') { event.preventDefault(); menu.click(); } });
  const contents = document.querySelector('.contents');
  const current = contents.querySelector('[aria-current]');
  if (current && contents.scrollHeight > contents.clientHeight) contents.scrollTop = current.offsetTop - contents.clientHeight / 2;

  const main = document.querySelector('main');
  if (navigator.clipboard) {
    for (const block of document.querySelectorAll('.code')) {
      const button = document.createElement('button');
      button.className = 'copy';
      button.textContent = main.dataset.copy;
      button.addEventListener('click', async () => {
        await navigator.clipboard.writeText(block.querySelector('code').textContent);
        button.textContent = main.dataset.copied;
        setTimeout(() => { button.textContent = main.dataset.copy; }, 1500);
      });
      block.append(button);
    }
  }
})();
