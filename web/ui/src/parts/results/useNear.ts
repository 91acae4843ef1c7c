import { useEffect, useRef, useState } from "react";

/** Whether the element has come near what can be seen of the page; once it has, that stays so. */
export function useNear<E extends Element>() {
  const ref = useRef<E>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (near || element === null) return;
    const watch = new IntersectionObserver((seen) => setNear(seen.some(({ isIntersecting }) => isIntersecting)), { rootMargin: "400px 0px" });
    watch.observe(element);
    return () => watch.disconnect();
  }, [near]);
  return { ref, near };
}
