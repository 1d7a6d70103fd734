using System.Runtime.CompilerServices;
using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Sources.Text;

/// <summary>Turns chunks of text into rows; several at a time.</summary>
internal abstract class TextParser
{
    /// <summary>The rows of a chunk; a fault ends them.</summary>
    public abstract (long Rows, TextFault? Fault) Count(TextChunk chunk);

    /// <summary>Parses the rows of a chunk.</summary>
    /// <param name="chunk">Whole rows.</param>
    /// <param name="skip">How many to pass over, fewer than the chunk has.</param>
    /// <param name="limit">How many are wanted at the most.</param>
    /// <param name="batchSize">The most rows of a batch.</param>
    public abstract TextRows Parse(TextChunk chunk, int skip, long limit, int batchSize);

    /// <summary>Reads ahead, parses on as many cores as there are, and gives the batches in the file's order.</summary>
    public async IAsyncEnumerable<RecordBatch> ReadAsync(
        string where, TextChunkReader reader, DatasetReadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (skip, left, row) = (options.Offset, options.Limit ?? long.MaxValue, 0L);
        var started = new Queue<(TextChunk Chunk, Task<TextRows> Rows)>();
        var ahead = Environment.ProcessorCount + 1;
        var ended = false;
        try
        {
            while (left > 0)
            {
                while (!ended && started.Count < ahead)
                {
                    if (await reader.NextAsync(cancellationToken).ConfigureAwait(false) is not { } chunk)
                    {
                        ended = true;
                        break;
                    }

                    if (skip > 0)
                    {
                        var (rows, fault) = Count(chunk);
                        if (rows <= skip)
                        {
                            using (chunk)
                            {
                                if (fault is not null)
                                {
                                    throw fault.ToException(where, chunk, row);
                                }
                            }

                            (skip, row) = (skip - rows, row + rows);
                            continue;
                        }
                    }

                    var (passed, wanted) = ((int)skip, left);
                    skip = 0;
                    started.Enqueue((chunk, Task.Run(() => Parse(chunk, passed, wanted, options.BatchSize), CancellationToken.None)));
                }

                if (!started.TryDequeue(out var next))
                {
                    yield break;
                }

                TextRows parsed;
                using (next.Chunk)
                {
                    parsed = await next.Rows.ConfigureAwait(false);
                    if (parsed.Fault is { } fault)
                    {
                        throw fault.ToException(where, next.Chunk, row);
                    }
                }

                row += parsed.Rows;
                foreach (var batch in parsed.Batches)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (left <= 0)
                    {
                        break;
                    }

                    var count = (int)Math.Min(left, batch.Length);
                    left -= count;
                    yield return count == batch.Length ? batch : new RecordBatch(batch.Schema, batch.Schema.FieldsList.Select((field, i) => PlainColumns.Copy(batch.Column(i), field, 0, count)), count);
                }
            }
        }
        finally
        {
            // The parsing that was begun ahead must end before its bytes go back to the pool.
            foreach (var (chunk, rows) in started)
            {
                await ((Task)rows).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                chunk.Dispose();
            }
        }
    }
}
