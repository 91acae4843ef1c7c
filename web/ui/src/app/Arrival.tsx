import { VisuallyHidden } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { ScrollRestoration, useLocation } from "react-router";

import { strayed } from "./strayed";

/** A page asks for its data first and then knows its title: what it is called by then is said, once. */
const settled = 400; // ms

/**
 * What a browser does by itself when one document is left for another, for pages that are one document: the next begins at its top
 * (and the way back leads to where one was), the keyboard goes on in it, and a screen reader says where one is.
 */
export function Arrival({ content }: { content: string }) {
  const { key } = useLocation();
  const [begun] = useState(key);
  const [said, say] = useState("");
  const arrived = key !== begun;
  const heard = useRef(document.title);

  useEffect(() => {
    const main = document.getElementById(content);
    if (arrived && main !== null && strayed(document.activeElement, main)) main.focus({ preventScroll: true });
  }, [key, arrived, content]);

  useEffect(() => {
    let timer = 0;
    const listen = () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => {
        if (document.title === heard.current) return;
        heard.current = document.title;
        if (arrived) say(document.title);
      }, settled);
    };
    const observer = new MutationObserver(listen);
    observer.observe(document.head, { childList: true, characterData: true, subtree: true });
    listen();
    return () => {
      observer.disconnect();
      window.clearTimeout(timer);
    };
  }, [arrived]);

  return (
    <>
      <ScrollRestoration />
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </>
  );
}
