import { expect, test } from "vitest";
import { renderPanelChart, ticksUpTo } from "./panel-chart.ts";

test("an axis is divided into round steps", () => {
  expect(ticksUpTo(400, 4)).toEqual([0, 100, 200, 300, 400]);
  expect(ticksUpTo(90, 12)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90]);
  expect(ticksUpTo(1.5, 4)).toEqual([0, 0.5, 1, 1.5]);
});

const series = (name: string, value: number) => ({
  name,
  colour: "#123456",
  stacked: true,
  points: [
    [0, value],
    [10, value],
  ] as const,
});

const chart = (values: number[]) =>
  renderPanelChart({
    title: "a <b>",
    subtitle: "",
    xTitle: "s",
    yTitle: "calls/s",
    xMax: 10,
    yMax: 100,
    shaded: { from: 2, to: 4, name: "down" },
    panels: [{ title: "one", note: "", series: values.map((value, at) => series(`s${at}`, value)) }],
  });

/** The y coordinates of each area, without repeats. */
const heights = (svg: string) =>
  [...svg.matchAll(/<polygon points="([^"]*)"/g)].map(([, points]) =>
    [...new Set((points ?? "").split(" ").map((point) => Number(point.split(",")[1])))].sort((a, b) => a - b),
  );

test("areas stand on each other and are cut off at the top of the panel", () => {
  const [first = [], second = []] = heights(chart([50, 200]));
  const [middle = 0, bottom = 0] = first;
  expect(second).toEqual([2 * middle - bottom, middle]);
});

test("words are text, never markup", () => {
  expect(chart([1])).toContain("a &#60;b&#62;");
});
