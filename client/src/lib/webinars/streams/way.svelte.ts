/** How streams come to a page: what all of its players share. */
export interface Way {
	/** Of the webinar. */
	readonly number: number;
	/** How often she has been let into the room: after a cut all streams begin anew. */
	readonly entries: number;
	/** How often she has clicked so that the browser lets sound through. */
	readonly clicks: number;
	/** The browser lets it play only after a click, or no longer so. @param what one of the players. */
	blocked(what: string, is: boolean): void;
	/** There may be other streams now. */
	look(): void;
}

/** How loud she wants somebody. */
export class Level {
	muted = $state(false);
	volume = $state(1);
}
