/** What iPhones have instead of `MediaSource` (Media Source Extensions, second edition); it is used alike. */
declare const ManagedMediaSource: typeof MediaSource | undefined;
