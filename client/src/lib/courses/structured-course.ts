import type { CourseSheet } from '$contract/courses.ts';

/** The course in schema.org's words, as a block that search engines read. Only `<` could end it early. */
export function structuredCourse(course: CourseSheet, address: URL): string {
	const data = {
		'@context': 'https://schema.org',
		'@type': 'Course',
		name: course.title,
		description: course.summary,
		url: address.origin + address.pathname,
		inLanguage: course.language,
		provider: { '@type': 'Organization', name: 'Unione delle Province d’Italia' },
		teaches: course.objectives,
		isAccessibleForFree: true,
		hasCourseInstance: course.editions.map((edition) => ({
			'@type': 'CourseInstance',
			name: edition.code,
			courseMode: { online: 'Online', aula: 'Onsite', misto: 'Blended' }[edition.modality],
			startDate: edition.startsOn,
			endDate: edition.endsOn,
			courseWorkload: `PT${course.minutes}M`,
			...(edition.place ? { location: edition.place } : {})
		}))
	};
	return `<script type="application/ld+json">${JSON.stringify(data).replaceAll('<', '\\u003c')}</` + 'script>';
}
