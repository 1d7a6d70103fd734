using MlOps.Monitoring;

namespace MlOps.Conformance;

/// <summary>What every prediction log promises.</summary>
public abstract class PredictionLogConformance
{
    private static readonly DateTimeOffset _start = new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);

    protected abstract Task<IPredictionLog> CreateAsync();

    [Fact]
    public async Task The_first_prediction_of_an_id_stands()
    {
        var log = await CreateAsync();
        await log.AppendAsync([Record("a", 1, 0.5), Record("a", 2, 0.7)]);
        await log.AppendAsync([Record("a", 3, 0.9)]);
        Assert.Equal(0.5, Assert.Single(await ReadAsync(log)).Score);
    }

    [Fact]
    public async Task Outcomes_join_later_and_the_last_one_counts()
    {
        var log = await CreateAsync();
        await log.AppendAsync([Record("a", 1, 0.5), Record("b", 1, double.NaN)]);
        Assert.Equal(1, await log.JoinOutcomesAsync("m", [new("a", 0), new("unknown", 1)]));
        Assert.Equal(1, await log.JoinOutcomesAsync("m", [new("a", 1)]));
        Assert.Equal(0, await log.JoinOutcomesAsync("other", [new("a", 1)]));

        var read = await ReadAsync(log);
        Assert.Equal([1.0, null], read.Select(prediction => prediction.Outcome));
        Assert.Equal([0.5, double.NaN], read.Select(prediction => prediction.Score));
    }

    [Fact]
    public async Task A_range_is_read_by_time_then_id_without_its_end()
    {
        var log = await CreateAsync();
        await log.AppendAsync([Record("d", 3, 1), Record("c", 2, 1), Record("b", 2, 1), Record("a", 1, 1)]);
        var read = await log.ReadAsync("m", _start.AddMinutes(1), _start.AddMinutes(3));
        Assert.Equal(["a", "b", "c"], read.Select(prediction => prediction.Id));
    }

    [Fact]
    public async Task Inputs_come_back_in_the_same_order_over_many_pages()
    {
        var log = await CreateAsync();
        await log.AppendAsync([.. Enumerable.Range(0, 2500).Select(i => Record($"{(i * 7919) % 2500:d5}", i / 2000, i))]);
        var ids = new List<string>();
        await foreach (var record in log.ReadInputsAsync("m", _start, _start.AddDays(1)))
        {
            Assert.Equal(["x", "y"], record.InputNames);
            Assert.Equal(record.Score, record.Inputs[0].AsNumber());
            Assert.True(record.Inputs[1].IsMissing);
            ids.Add(record.Id);
        }

        Assert.Equal((await ReadAsync(log)).Select(prediction => prediction.Id), ids);
        Assert.Equal(2500, ids.Count);
    }

    private static Task<IReadOnlyList<LoggedPrediction>> ReadAsync(IPredictionLog log) => log.ReadAsync("m", _start, _start.AddDays(1));

    private static PredictionRecord Record(string id, int minute, double score) => new()
    {
        Id = id,
        Model = "m",
        ModelVersion = 1,
        Timestamp = _start.AddMinutes(minute),
        InputNames = ["x", "y"],
        Inputs = [score, default],
        Score = score,
    };
}
