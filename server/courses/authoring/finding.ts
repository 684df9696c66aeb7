/** A mistake in a course, where an author finds it: lines and columns count from 1. */
export interface Finding {
  /** Below the folder of the courses. */
  file: string;
  line: number;
  column: number;
  message: string;
}

export interface Position {
  line: number;
  column: number;
}

export const START: Position = { line: 1, column: 1 };

/** As editors and terminals make it clickable. */
export const findingText = ({ file, line, column, message }: Finding): string => `${file}:${line}:${column}  ${message}`;
