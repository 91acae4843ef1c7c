import { Center, Loader } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

/** A sign of patience that appears only when there is something to be patient about. */
export function Waiting({ page = false }: { page?: boolean }) {
  const { t } = useTranslation("general", { useSuspense: false });
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setLong(true), 250);
    return () => window.clearTimeout(timer);
  }, []);
  return (
    <Center mih={page ? "60vh" : 120} role="status" aria-label={t("waiting")}>
      {long && <Loader type="dots" />}
    </Center>
  );
}
