/** On it every process hears, by a trigger of the table, that a session has ended. */
export const sessionsChannel = "signalbox_sessions";
