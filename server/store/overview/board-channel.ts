/** On it every console hears, by triggers of the tables, that something on the Board changed though no job moved. */
export const boardChannel = "signalbox_board";
