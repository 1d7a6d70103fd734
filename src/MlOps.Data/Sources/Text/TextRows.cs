using Apache.Arrow;

namespace MlOps.Data.Sources.Text;

/// <summary>What came of one chunk.</summary>
/// <param name="Batches">The wanted rows.</param>
/// <param name="Rows">All rows of the chunk, wanted or not.</param>
/// <param name="Fault">What stopped the parsing.</param>
internal sealed record TextRows(IReadOnlyList<RecordBatch> Batches, long Rows, TextFault? Fault);
