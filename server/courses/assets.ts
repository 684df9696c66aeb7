/** The address of a version's asset, which never changes: `name` as in a lesson's media. */
export const assetAddress = (versionId: string, name: string): string => `/api/v1/course-versions/${versionId}/assets/${encodeURIComponent(name)}`;
