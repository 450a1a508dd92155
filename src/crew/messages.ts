/** What a crew and its threads say to each other. */

import type { Progress, Run } from "../dynamics/run.ts";
import type { Part } from "../dynamics/sharing/part.ts";
import type { Chunk } from "../dynamics/sharing/work.ts";
import type { StageRecipe } from "../dynamics/stage/stageRecipe.ts";
import type { Invitation } from "../kernels/team.ts";
import type { Question } from "./question.ts";

/** To a thread. Questions and works are told apart by numbers. */
export type Order =
  /** Answer a question. `hands` is how many threads there may be to share its work with; 1: none. */
  | { readonly kind: "begin"; readonly question: number; readonly of: Question; readonly hands: number }
  /** Evolve these chunks of a work in the stage of this name. A thread that has that stage already needs no recipe. */
  | {
      readonly kind: "evolve";
      readonly work: number;
      readonly stage: string;
      readonly recipe?: StageRecipe;
      readonly places: readonly number[];
      readonly chunks: readonly Chunk[];
    }
  /** The parts of a work that others have evolved, at their places; undefined where the thread itself has the part. */
  | { readonly kind: "parts"; readonly work: number; readonly parts: readonly (Part | undefined)[] }
  /** Take part in what another thread does, until it is done or the thread is called away. */
  | { readonly kind: "assist"; readonly invitation: Invitation }
  /** The stage of others that it has is of no more use. */
  | { readonly kind: "forget" }
  /** Nothing more will be asked. */
  | { readonly kind: "finish" };

/** Work that a thread has come to and may share. It has begun with the first `taken` chunks. */
export interface Offer {
  readonly work: number;
  /** The same for works with the same recipe. */
  readonly stage: string;
  readonly recipe: StageRecipe;
  readonly chunks: readonly Chunk[];
  readonly taken: number;
  readonly secondsEach: number;
  readonly bytes: number;
  readonly progress: Progress;
}

/** From a thread. */
export type Report =
  | { readonly kind: "ready" }
  | { readonly kind: "progress"; readonly question: number; readonly progress: Progress }
  | { readonly kind: "offer"; readonly question: number; readonly offer: Offer }
  /** A chunk is evolved; the part is left out where the thread keeps it for itself. */
  | { readonly kind: "part"; readonly work: number; readonly place: number; readonly part?: Part }
  /** The thread is at something that others may take part in, and is no longer; one of those others has left. */
  | { readonly kind: "invite"; readonly question: number; readonly invitation: Invitation }
  | { readonly kind: "dismiss"; readonly question: number }
  | { readonly kind: "assisted" }
  | { readonly kind: "answer"; readonly question: number; readonly run: Run }
  | { readonly kind: "failure"; readonly question: number; readonly error: ErrorText }
  | { readonly kind: "partFailure"; readonly work: number; readonly error: ErrorText };

/** Of an error only its text survives between threads. */
export interface ErrorText {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
}
