using MlOps.Statistics;

namespace MlOps.Benchmarks.Peers;

/// <summary>Work on two samples of rows.</summary>
internal delegate double TableWork(SampleMatrix reference, SampleMatrix current);
