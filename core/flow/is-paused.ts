/** Whether claims leave a lane out whatever else holds: its queue or its definition is paused. */
export function isPaused(lane: { queue: { paused: boolean }; definition: { paused: boolean } }): boolean {
  return lane.queue.paused || lane.definition.paused;
}
