import { ActionIcon, Drawer, Popover } from "@mantine/core";
import { useDisclosure, useMediaQuery } from "@mantine/hooks";
import { IconCalendar } from "@tabler/icons-react";
import { type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";

import { Waiting } from "../../../components/Waiting";

interface PanelButtonProps {
  label: string;
  disabled: boolean;
  /** It stands within an input. */
  inside?: boolean;
  children: (close: () => void) => ReactNode;
}

/** Opens a calendar beside a field; on a phone from below, over the whole width. */
export function PanelButton({ label, disabled, inside = false, children }: PanelButtonProps) {
  const { t } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure();
  const phone = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });
  const button = (
    <ActionIcon variant={inside ? "subtle" : "default"} color={inside ? "gray" : undefined} size={inside ? 28 : 36} aria-label={label} aria-expanded={opened} aria-haspopup="dialog" disabled={disabled} onClick={toggle}>
      <IconCalendar size={18} aria-hidden />
    </ActionIcon>
  );
  const panel = <Suspense fallback={<Waiting />}>{opened && children(close)}</Suspense>;
  if (phone) {
    return (
      <>
        {button}
        <Drawer opened={opened} onClose={close} position="bottom" size={640} title={label} closeButtonProps={{ "aria-label": t("close") }}>
          {panel}
        </Drawer>
      </>
    );
  }
  return (
    <Popover opened={opened} onChange={(open) => !open && close()} trapFocus returnFocus position="bottom-end" shadow="md" withinPortal>
      <Popover.Target>{button}</Popover.Target>
      <Popover.Dropdown aria-label={label}>{panel}</Popover.Dropdown>
    </Popover>
  );
}
