/** What everybody in a room hears: what is written there, and who and what is in it. Who is cut off from it is out of the room. */
export const talkTopic = (number: number): string => `room:${number}`;

/** What only who keeps order hears. */
export const staffTopic = (number: number): string => `room-staff:${number}`;
