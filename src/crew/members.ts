/** What a crew knows of the questions that it was asked, and of its threads. */

import type { Progress, Run } from "../dynamics/run.ts";
import type { Invitation } from "../kernels/team.ts";
import type { Question } from "./question.ts";
import type { SharedWork } from "./sharedWork.ts";
import type { Thread } from "./thread.ts";

export interface Asked {
  readonly id: number;
  readonly question: Question;
  readonly onProgress: ((progress: Progress) => void) | undefined;
  readonly settle: (answer: { readonly run: Run } | { readonly error: unknown }) => void;
  /** It needs more memory than its share, and is answered while nothing else is. */
  alone: boolean;
  /** A thread broke at it already. */
  lost: boolean;
  owner: Hand | null;
  shared: SharedWork | null;
  /** Its thread is at something that others may take part in. */
  invitation: Invitation | null;
  lastReport: number;
}

/** One of the threads. */
export interface Hand {
  readonly thread: Thread;
  /** It may be given something to do: the first one is while it starts. */
  ready: boolean;
  /** It has said that it started. */
  started: boolean;
  /** It was given something to do, once. */
  used: boolean;
  /** The question that it answers. */
  own: Asked | null;
  /** Chunks that it was given and has not evolved yet, and of which question. */
  given: number;
  givenOf: Asked | null;
  /** To what it takes part in: it is called away where there is anything else to do. */
  assists: Invitation | null;
  /** The stage of others that it has. */
  visited: string;
}

export function newHand(thread: Thread): Hand {
  return {
    ...{ thread, ready: false, started: false, used: false },
    ...{ own: null, given: 0, givenOf: null, assists: null, visited: "" },
  };
}

/** The thread answers the question, or has a part of it. */
export function isAt({ own, given, givenOf }: Hand, one: Asked): boolean {
  return own === one || (given > 0 && givenOf === one);
}
