/** The public API of the library. It imports nothing but itself; model files are read by "bosonize/model-file". */

export { applyMap, type ChoiState, choiState, superoperator } from "./algebra/choi.ts";
export { type Eigensystem, eigh } from "./algebra/hermitian.ts";
export {
  add,
  adjoint,
  type Complex,
  commutator,
  diagonal,
  type Entry,
  entry,
  identity,
  kron,
  type Matrix,
  matrix,
  multiply,
  norm,
  scale,
  subtract,
  trace,
  traceOfProduct,
  zeros,
} from "./algebra/matrix.ts";
export { partialTrace } from "./algebra/partialTrace.ts";
export { type MatrixSeries, matrixAt, maxDifference } from "./algebra/series.ts";
export { type AskOptions, Crew, type CrewOptions } from "./crew/crew.ts";
export { LostThreadError } from "./crew/lostThread.ts";
export { type NodeWorker, type PageWorker, type Thread, threadOf } from "./crew/thread.ts";
export { ImpossibleRunError, TooLargeError } from "./dynamics/errors.ts";
export { dynamicalMap, withReference } from "./dynamics/experiments/dynamicalMap.ts";
export { type Energies, energies, energiesOf } from "./dynamics/experiments/energies.ts";
export type { FirstAction } from "./dynamics/experiments/experiment.ts";
export { correlationWith, twoTime } from "./dynamics/experiments/twoTime.ts";
export { type Prediction, type PredictOptions, predict, type Taken } from "./dynamics/predict.ts";
export type { Cost, Method, Progress, Run, RunError } from "./dynamics/run.ts";
export { meanFieldRun, type SimulateOptions, simulate, simulation } from "./dynamics/simulate.ts";
export { type KernelInfo, kernelInfo, selectKernels } from "./kernels/module.ts";
export { type ApproachCoefficient, approachCoefficient } from "./limits/approachCoefficient.ts";
export { convergence, type PowerLaw } from "./limits/convergence.ts";
export { correlation, correlations } from "./limits/correlations.ts";
export { type Fluctuation, type Fluctuations, fluctuations } from "./limits/fluctuations.ts";
export { predictedSize, type RequiredSize, requiredSize } from "./limits/requiredSize.ts";
export { type RequiredSizeAt, requiredSizeAt, upTo } from "./limits/requiredSizeAt.ts";
export { type ThirdMoments, thirdMoments } from "./limits/thirdMoments.ts";
export { type Letter, parseWord, type Word } from "./limits/word.ts";
export type {
  AskSpec,
  CouplingSpec,
  ModelSpec,
  PartSpec,
  ReservoirSpec,
  SiteSpec,
  SpectrumSpec,
  SpreadSpec,
  TimesSpec,
  WrittenOperator,
} from "./model/spec.ts";
export type {
  Coupling,
  Expectation,
  Form,
  MeanField,
  Measure,
  Model,
  Observable,
  Reservoir,
  Size,
} from "./model/types.ts";
export { type Checked, checkModel, defineModel, type Issue, ModelError } from "./model/validate.ts";
export { type Backflow, backflow } from "./observables/backflow.ts";
export { bloch } from "./observables/bloch.ts";
export { concurrence } from "./observables/concurrence.ts";
export { compareSeries, fidelity, traceDistance } from "./observables/distance.ts";
export { type Divisibility, divisibility, type Step } from "./observables/divisibility.ts";
export { entropy } from "./observables/entropy.ts";
export { expectation } from "./observables/expectation.ts";
export { type Entanglement, type Memory, memory } from "./observables/memory.ts";
export { negativity } from "./observables/negativity.ts";
export { type ObservableSeries, observe } from "./observables/observe.ts";
export { populations } from "./observables/populations.ts";
export { type PowerSpectrum, powerSpectrum, type SpectralWindow } from "./observables/powerSpectrum.ts";
export { purity } from "./observables/purity.ts";
export { type Revivals, revivals } from "./observables/revivals.ts";
export { type Chain, type ChainForm, chainForm, normalModes } from "./reservoir/chain.ts";
export { type Eigenbasis, eigenbasis } from "./reservoir/eigenbasis.ts";
export { correlationDifference, formDistance } from "./reservoir/formDistance.ts";
export { type MergedModes, mergeModes } from "./reservoir/merge.ts";
export { type MinimalForm, minimalForm } from "./reservoir/minimal.ts";
export { type BosonMode, type Mode, standardModes } from "./reservoir/modes.ts";
export { type Recurrence, recurrenceTime } from "./reservoir/recurrence.ts";
export { spectralDistance } from "./reservoir/spectralWeight.ts";
export { type ThermalPair, thermalPairs } from "./reservoir/thermal.ts";
export { type TruncatedChain, truncatedChain } from "./reservoir/truncatedChain.ts";
