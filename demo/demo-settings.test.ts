import { describe, expect, test } from "vitest";
import { readDemoSettings } from "./demo-settings.ts";

describe("the demo's settings", () => {
  test("have defaults for everything, and an empty variable counts as not set", () => {
    expect(readDemoSettings({ SIGNALBOX_DEMO_RATE: "" })).toEqual({
      urls: {
        mail: "http://127.0.0.1:7411",
        payments: "http://127.0.0.1:7412",
        geocoder: "http://127.0.0.1:7413",
        warehouse: "http://127.0.0.1:7414",
        control: "http://127.0.0.1:7410",
      },
      ratePerSecond: 20,
      seed: 1,
      outages: true,
      directory: ".data/demo",
      logLevel: "info",
      databaseUrl: undefined,
    });
  });

  test("take what is given", () => {
    const settings = readDemoSettings({
      SIGNALBOX_DEMO_MAIL_URL: "http://127.0.0.1:9001/",
      SIGNALBOX_DEMO_RATE: "7.5",
      SIGNALBOX_DEMO_OUTAGES: "off",
      DATA_DIR: "/var/lib/signalbox",
    });
    expect(settings).toMatchObject({
      ratePerSecond: 7.5,
      outages: false,
      directory: "/var/lib/signalbox/demo",
    });
    expect(settings.urls.mail).toBe("http://127.0.0.1:9001");
  });

  test("name every wrong variable and what it should be", () => {
    const read = () =>
      readDemoSettings({
        SIGNALBOX_DEMO_RATE: "many",
        SIGNALBOX_DEMO_MAIL_URL: "mail.example",
        SIGNALBOX_DEMO_OUTAGES: "sometimes",
      });
    expect(read).toThrow("SIGNALBOX_DEMO_RATE is a number of jobs a second.");
    expect(read).toThrow("SIGNALBOX_DEMO_MAIL_URL is an address such as http://127.0.0.1:7411.");
    expect(read).toThrow("SIGNALBOX_DEMO_OUTAGES is on or off.");
  });
});
