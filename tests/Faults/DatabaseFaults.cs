using System.Diagnostics;
using Microsoft.Data.Sqlite;
using MlOps.Tracking;

namespace MlOps.Faults;

/// <summary>Databases that another process holds, that fill their disk, and that are damaged.</summary>
internal static class DatabaseFaults
{
    private const int Points = 20_000;

    /// <summary>Another process holds the database for two seconds while a run logs.</summary>
    public static async Task<string?> HeldAsync(string folder, Random random)
    {
        string id;
        await using (var workspace = Workspace.Open(folder))
        {
            await using var run = await workspace.Tracking.StartRunAsync("faults");
            id = run.Info.Id.Value;
            await using var other = new SqliteConnection($"Data Source={workspace.Folder.DatabasePath};Pooling=False");
            await other.OpenAsync();
            await using var hold = other.BeginTransaction(deferred: false);
            Log(run, 0, Points);
            var flushed = run.FlushAsync();
            await Task.Delay(TimeSpan.FromSeconds(2));
            if (flushed.IsCompleted)
            {
                return "a write was confirmed while another process held the database";
            }

            await hold.RollbackAsync();
            await flushed;
        }

        return await Training.ProblemAsync(folder, id, Points, RunStatus.Finished);
    }

    /// <summary>The disk fills up, is said to be full, and takes the rest once there is room.</summary>
    public static async Task<string?> FullAsync(string folder, Random random)
    {
        if (!OperatingSystem.IsLinux() || !Mount("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder))
        {
            Console.WriteLine("full: left out, since no small disk could be mounted here.");
            return null;
        }

        try
        {
            string id;
            var logged = 0;
            await using (var workspace = Workspace.Open(folder))
            {
                await using var run = await workspace.Tracking.StartRunAsync("faults");
                id = run.Info.Id.Value;
                var ballast = Path.Combine(folder, "ballast");
                await FillAsync(ballast);
                MlOpsException? full = null;
                while (full is null && logged < 50 * Points)
                {
                    Log(run, logged, 1000);
                    logged += 1000;
                    try
                    {
                        await run.FlushAsync();
                    }
                    catch (MlOpsException error)
                    {
                        full = error;
                    }
                }

                if (full?.Code != ErrorCodes.StorageFull)
                {
                    return $"a full disk is said to be '{full?.Message ?? "nothing"}'";
                }

                File.Delete(ballast);
                await run.FlushAsync();
            }

            return await Training.ProblemAsync(folder, id, logged, RunStatus.Finished);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Mount("umount", "-l", folder);
        }
    }

    /// <summary>Bytes of the database are overwritten: what can be read is right, and the rest is said to be damaged.</summary>
    public static async Task<string?> DamagedAsync(string folder, Random random)
    {
        for (var round = 0; round < 10; round++)
        {
            var place = Directory.CreateDirectory(Path.Combine(folder, $"{round}")).FullName;
            string id;
            string database;
            await using (var workspace = Workspace.Open(place))
            {
                await using var run = await workspace.Tracking.StartRunAsync("faults");
                (id, database) = (run.Info.Id.Value, workspace.Folder.DatabasePath);
                Log(run, 0, Points);
            }

            await using (var file = File.OpenWrite(database))
            {
                for (var i = 0; i < 40; i++)
                {
                    file.Position = random.NextInt64(file.Length);
                    file.WriteByte((byte)random.Next(256));
                }
            }

            try
            {
                await using var workspace = Workspace.OpenExisting(place);
                _ = await workspace.Tracking.SearchRunsAsync();
                _ = await workspace.Tracking.FindRunAsync(new RunId(id));
                _ = await workspace.Tracking.GetMetricHistoryAsync(new RunId(id), Training.Metric);
                await using var next = await workspace.Tracking.StartRunAsync("faults");
                Log(next, 0, 100);
            }
            catch (MlOpsException)
            {
                // Said in the SDK's words.
            }
            catch (Exception error)
            {
                return $"a damaged database ends in {error.GetType().Name}: {error.Message}";
            }
        }

        return null;
    }

    private static void Log(IRun run, int first, int count)
    {
        for (var step = first; step < first + count; step++)
        {
            run.LogMetric(Training.Metric, Training.LossAt(step), step);
        }
    }

    private static async Task FillAsync(string path)
    {
        await using var file = File.Create(path);
        var block = new byte[64 * 1024];
        try
        {
            while (true)
            {
                await file.WriteAsync(block);
                await file.FlushAsync();
            }
        }
        catch (IOException)
        {
            // Some room is left for the database: half a megabyte.
        }

        file.SetLength(Math.Max(0, file.Length - (512 * 1024)));
    }

    private static bool Mount(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
