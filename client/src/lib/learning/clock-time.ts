/** Seconds as a clock shows them: 754 → 12:34; 65 → 1:05; from the hour on 1:02:34. */
export function clockTime(total: number): string {
	const seconds = Math.max(0, Math.floor(total));
	const two = (value: number) => String(value).padStart(2, '0');
	const hours = Math.floor(seconds / 3600);
	const minutes = Math.floor((seconds % 3600) / 60);
	return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
