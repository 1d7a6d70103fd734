using BenchmarkDotNet.Attributes;
using MlOps.Data;

namespace MlOps.Benchmarks.Profiles;

/// <summary>The profile of rows that are in memory already: a number, a whole number, a short text and a time.</summary>
[MemoryDiagnoser]
public class ProfileBenchmarks
{
    private Dataset _data = null!;

    [Params(1_000, 1_000_000)]
    public int Rows { get; set; }

    [GlobalSetup]
    public async Task LoadAsync()
    {
        var random = new Random(1);
        var source = Dataset.FromEnumerable("rows", Enumerable.Range(0, Rows), c => c
            .Column("number", _ => random.NextDouble())
            .Column("whole", i => i % 1000)
            .Column("text", i => "t" + (i % 300))
            .Column("at", i => DateTimeOffset.UnixEpoch.AddMinutes(i)));
        List<Apache.Arrow.RecordBatch> batches = [];
        await foreach (var batch in source.ReadAsync())
        {
            batches.Add(batch);
        }

        _data = Dataset.FromBatches("rows", batches[0].Schema, batches);
    }

    [Benchmark]
    public Task<DataProfile> Profile() => _data.ProfileAsync();
}
