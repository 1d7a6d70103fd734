using MlOps.Benchmarks.Readers;

if (args is ["--readers", var file])
{
    await ReaderComparison.RunAsync(file);
    return 0;
}

Console.Error.WriteLine("Give --readers FILE.parquet.");
return 2;
