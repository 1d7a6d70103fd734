using BenchmarkDotNet.Attributes;
using MlOps.Data;

namespace MlOps.Benchmarks;

/// <summary>Suites of checks on data in memory.</summary>
[MemoryDiagnoser]
public class CheckBenchmarks
{
    private Dataset _data = null!;

    [Params(1_000, CheckCases.Rows)]
    public int Rows { get; set; }

    [GlobalSetup]
    public async Task SetupAsync() => _data = await CheckCases.MakeAsync(Rows);

    [Benchmark]
    public Task<CheckReport> Six() => CheckCases.Six.RunAsync(_data);

    [Benchmark]
    public Task<CheckReport> NotNull() => CheckCases.NotNull.RunAsync(_data);

    [Benchmark]
    public Task<CheckReport> Between() => CheckCases.Between.RunAsync(_data);

    [Benchmark]
    public Task<CheckReport> InSet() => CheckCases.InSet.RunAsync(_data);

    [Benchmark]
    public Task<CheckReport> Unique() => CheckCases.Unique.RunAsync(_data);

    [Benchmark]
    public Task<CheckReport> BetweenWhole() => CheckCases.BetweenWhole.RunAsync(_data);

    [Benchmark]
    public Task<CheckReport> Length() => CheckCases.Length.RunAsync(_data);

    [Benchmark]
    public Task<CheckReport> Pattern() => CheckCases.Pattern.RunAsync(_data);

    [Benchmark]
    public Task<CheckReport> Expression() => CheckCases.Expression.RunAsync(_data);
}
