using Apache.Arrow;
using Apache.Arrow.Types;
using MlOps.Data;
using MlOps.Testing;

namespace MlOps.Pipelines.Tests;

public sealed class DatasetValueTests
{
    [Fact]
    public async Task A_data_set_has_the_same_hash_however_it_was_cut_and_is_read_back_whole()
    {
        var token = TestContext.Current.CancellationToken;
        var whole = await HashAsync(100);
        var pieces = await HashAsync(7);
        Assert.Equal(whole.Output, pieces.Output);
        Assert.Equal(45, pieces.Value);

        async Task<(Storage.ContentHash Output, double Value)> HashAsync(int size)
        {
            var pipeline = Pipeline.Define<Number, Number>("data", NumbersJson.Default, p =>
            {
                var table = p.Step("table", (_, _) => Task.FromResult(new Dataset("t", new Cut(size))), p.Input);
                return p.Step("sum", SumAsync, table);
            });
            var runner = new PipelineRunner(new InMemoryPipelineStore(), new InMemoryBlobStore(), TimeProvider.System);
            var result = await runner.RunAsync(pipeline, new Number(0), cancellationToken: token);
            return (result.Steps[0].Output!.Value, result.Value.Value);
        }
    }

    private static async Task<Number> SumAsync(StepContext context, Dataset table)
    {
        var sum = 0.0;
        await foreach (var batch in table.ReadAsync(new DatasetReadOptions { Columns = ["text", "x"], Offset = 1, BatchSize = 4 }, context.CancellationToken))
        {
            using (batch)
            {
                for (var row = 0; row < batch.Length; row++)
                {
                    sum += ((DoubleArray)batch.Column("x")).GetValue(row) ?? 0;
                    Assert.Equal(((DoubleArray)batch.Column("x")).GetValue(row) is { } x ? $"t{x}" : null, ((StringArray)batch.Column("text")).GetString(row));
                }
            }
        }

        return new Number(sum);
    }

    // Twelve rows: numbers 0..9 with two nulls, whose bytes differ between the two ways of cutting.
    private sealed class Cut(int size) : IDatasetSource
    {
        private static readonly Schema Columns = new([new Field("x", DoubleType.Default, true), new Field("text", StringType.Default, true)], null);

        public ValueTask<Schema> GetSchemaAsync(CancellationToken cancellationToken = default) => new(Columns);

        public async IAsyncEnumerable<RecordBatch> ReadAsync(
            DatasetReadOptions options, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.CompletedTask;
            double?[] values = [0, 1, 2, null, 3, 4, 5, 6, null, 7, 8, 9];
            foreach (var chunk in values.Chunk(size))
            {
                var numbers = new DoubleArray.Builder();
                var texts = new StringArray.Builder();
                foreach (var value in chunk)
                {
                    numbers.Append(value);
                    _ = value is null ? texts.AppendNull() : texts.Append($"t{value}");
                }

                yield return new RecordBatch(Columns, [numbers.Build(), texts.Build()], chunk.Length);
            }
        }
    }
}
