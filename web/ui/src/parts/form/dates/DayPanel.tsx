import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Day } from "./day";
import Months from "./Months";
import type { Calendar } from "./useCalendar";

interface DayPanelProps {
  calendar: Calendar;
  day: Day | undefined;
  /** Of a moment: the time as 10:00. */
  time?: string;
  /** Words that stand for a day or moment, as one would choose them. */
  words: { value: string; label: string }[];
  onDay: (day: Day) => void;
  onTime?: (time: string) => void;
  onWord: (word: string) => void;
}

/** A month, the usual words for a day and, for a moment, the time. */
export default function DayPanel({ calendar, day, time, words, onDay, onTime, onWord }: DayPanelProps) {
  const { t } = useTranslation("form");
  return (
    <Stack gap="xs">
      <Group gap={4}>
        {words.map((word) => (
          <Button key={word.value} size="xs" variant="default" onClick={() => onWord(word.value)}>
            {word.label}
          </Button>
        ))}
      </Group>
      <Months
        type="default"
        calendar={calendar}
        value={day ?? null}
        defaultDate={day ?? calendar.max ?? calendar.today}
        onChange={(chosen: string | null) => chosen !== null && onDay(chosen)}
      />
      {onTime && <TextInput type="time" label={t("time")} value={time ?? ""} onChange={(event) => onTime(event.currentTarget.value)} />}
    </Stack>
  );
}
