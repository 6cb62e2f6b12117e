<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>audit</name>
    <message>
        <source>Signed in</source>
        <translation>已登录</translation>
    </message>
    <message>
        <source>Sign-in failed</source>
        <translation>登录失败</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>已退出登录</translation>
    </message>
    <message>
        <source>User created</source>
        <translation>已创建用户</translation>
    </message>
    <message>
        <source>User changed</source>
        <translation>已更改用户</translation>
    </message>
    <message>
        <source>User deleted</source>
        <translation>已删除用户</translation>
    </message>
    <message>
        <source>Password changed</source>
        <translation>已更改密码</translation>
    </message>
    <message>
        <source>Password reset</source>
        <translation>已重置密码</translation>
    </message>
    <message>
        <source>Projects given to another user</source>
        <translation>项目已移交其他用户</translation>
    </message>
    <message>
        <source>Project created</source>
        <translation>已创建项目</translation>
    </message>
    <message>
        <source>Project changed</source>
        <translation>已更改项目</translation>
    </message>
    <message>
        <source>Project deleted</source>
        <translation>已删除项目</translation>
    </message>
    <message>
        <source>Calibration changed</source>
        <translation>已更改标定</translation>
    </message>
    <message>
        <source>Verdict given</source>
        <translation>已给出判定</translation>
    </message>
    <message>
        <source>Model added</source>
        <translation>添加了模型</translation>
    </message>
    <message>
        <source>Model removed</source>
        <translation>移除了模型</translation>
    </message>
    <message>
        <source>Default model changed</source>
        <translation>更改了默认模型</translation>
    </message>
    <message>
        <source>Original system taken over</source>
        <translation>接管了原系统</translation>
    </message>
    <message>
        <source>Calibration removed</source>
        <translation>已删除标定</translation>
    </message>
    <message>
        <source>Calibration kept for a camera</source>
        <translation>已为摄像机保存标定</translation>
    </message>
    <message>
        <source>Result corrected by hand</source>
        <translation>人工更正结果</translation>
    </message>
    <message>
        <source>Rule profile added</source>
        <translation>已添加规则方案</translation>
    </message>
    <message>
        <source>Rule profile changed</source>
        <translation>已修改规则方案</translation>
    </message>
    <message>
        <source>Rule profile removed</source>
        <translation>已删除规则方案</translation>
    </message>
    <message>
        <source>first administrator</source>
        <translation>首位管理员</translation>
    </message>
    <message>
        <source>name: %1 → %2</source>
        <translation>姓名：%1 → %2</translation>
    </message>
    <message>
        <source>title</source>
        <translation>职务</translation>
    </message>
    <message>
        <source>description</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>%1 given to %2</source>
        <translation>%1 个已转给 %2</translation>
    </message>
    <message>
        <source>project %1, video %2</source>
        <translation>项目 %1，视频 %2</translation>
    </message>
    <message>
        <source>project %1</source>
        <translation>项目 %1</translation>
    </message>
    <message>
        <source>users %1, projects %2, not taken %3</source>
        <translation>用户 %1，项目 %2，未接收 %3</translation>
    </message>
    <message>
        <source>SHA-256 %1</source>
        <translation>SHA-256 %1</translation>
    </message>
    <message>
        <source>version %1</source>
        <translation>版本 %1</translation>
    </message>
    <message>
        <source>object added in frame %1</source>
        <translation>在第 %1 帧添加了对象</translation>
    </message>
    <message>
        <source>object changed in frame %1</source>
        <translation>在第 %1 帧更改了对象</translation>
    </message>
    <message>
        <source>object removed in frame %1</source>
        <translation>在第 %1 帧删除了对象</translation>
    </message>
    <message>
        <source>insertion %1 removed</source>
        <translation>删除了插棒 %1</translation>
    </message>
    <message>
        <source>insertion %1: frames %2 to %3</source>
        <translation>插棒 %1：第 %2 至 %3 帧</translation>
    </message>
    <message>
        <source>%1 taken back</source>
        <translation>撤回 %1 处</translation>
    </message>
    <message>
        <source>%1 made to count again</source>
        <translation>%1 处恢复有效</translation>
    </message>
    <message>
        <source>role: %1 → %2</source>
        <translation>角色：%1 → %2</translation>
    </message>
    <message>
        <source>role: %1</source>
        <translation>角色：%1</translation>
    </message>
    <message>
        <source>name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>owner: %1</source>
        <translation>所有者：%1</translation>
    </message>
    <message>
        <source>project %1 (%2)</source>
        <comment>number, what was changed</comment>
        <translation>项目 %1（%2）</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between changed fields</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>%1: frames %2 to %3</source>
        <comment>rule</comment>
        <translation>%1：第 %2 至 %3 帧</translation>
    </message>
    <message>
        <source>; </source>
        <comment>between two changes</comment>
        <translation>；</translation>
    </message>
    <message>
        <source>project %1, rule profile %2</source>
        <translation>项目 %1，规则方案 %2</translation>
    </message>
    <message>
        <source>project %1: %2</source>
        <translation>项目 %1：%2</translation>
    </message>
    <message>
        <source>Detection started</source>
        <translation>开始检测</translation>
    </message>
    <message>
        <source>Detection cancelled</source>
        <translation>取消检测</translation>
    </message>
    <message>
        <source>Result exported</source>
        <translation>导出结果</translation>
    </message>
</context>
<context>
    <name>cli</name>
    <message>
        <source>Show this help.</source>
        <translation>显示此帮助。</translation>
    </message>
    <message>
        <source>Database: a file, or mysql://user@host:port/name. Default: what the program uses.</source>
        <translation>数据库：文件，或 mysql://user@host:port/name。默认：程序所用的数据库。</translation>
    </message>
    <message>
        <source>File whose first line is the server&apos;s password.</source>
        <translation>首行为服务器密码的文件。</translation>
    </message>
    <message>
        <source>Open the window and close it again.</source>
        <translation>打开窗口后随即关闭。</translation>
    </message>
    <message>
        <source>find and judge the insertions in a video</source>
        <translation>查找并判定视频中的插棒</translation>
    </message>
    <message>
        <source>judge an earlier result again, without detection</source>
        <translation>不重新检测，对已有结果重新判定</translation>
    </message>
    <message>
        <source>render a pour with known truth</source>
        <translation>渲染一段真值已知的浇筑视频</translation>
    </message>
    <message>
        <source>run the sample pour that comes with the program</source>
        <translation>运行程序自带的示例浇筑</translation>
    </message>
    <message>
        <source>train the detector</source>
        <translation>训练检测模型</translation>
    </message>
    <message>
        <source>measure a detector</source>
        <translation>评测检测模型</translation>
    </message>
    <message>
        <source>list, create, run, export and delete projects</source>
        <translation>列出、创建、运行、导出和删除项目</translation>
    </message>
    <message>
        <source>list, create, change and delete users</source>
        <translation>列出、创建、更改和删除用户</translation>
    </message>
    <message>
        <source>look at, migrate and copy the database</source>
        <translation>查看、迁移和复制数据库</translation>
    </message>
    <message>
        <source>export a project&apos;s result</source>
        <translation>导出项目的结果</translation>
    </message>
    <message>
        <source>Usage: cvd-mis [VERB] [options]</source>
        <translation>用法：cvd-mis [VERB] [选项]</translation>
    </message>
    <message>
        <source>Without a verb the program opens its window.</source>
        <translation>不带 VERB 时，程序打开窗口。</translation>
    </message>
    <message>
        <source>cvd-mis VERB --help lists a verb&apos;s options. Also: --version, --help, --exit-after-startup.</source>
        <translation>cvd-mis VERB --help 列出该 VERB 的选项。另有：--version、--help、--exit-after-startup。</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>正在准备</translation>
    </message>
    <message>
        <source>Judging</source>
        <translation>正在判定</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>正在写入</translation>
    </message>
    <message>
        <source>Frame %1 of %2</source>
        <translation>第 %1 帧，共 %2 帧</translation>
    </message>
    <message>
        <source>, %1 frames/s</source>
        <translation>，%1 帧/秒</translation>
    </message>
    <message>
        <source>, %1 s left</source>
        <translation>，剩余 %1 秒</translation>
    </message>
    <message>
        <source>Judged against: %1</source>
        <translation>判定依据：%1</translation>
    </message>
    <message numerus="yes">
        <source>%n insertion(s)</source>
        <translation>
            <numerusform>%n 次插棒</numerusform>
        </translation>
    </message>
    <message>
        <source>  %1. %2  immersed %3 s, still %4 s</source>
        <translation>  %1. %2  插入时间 %3 秒，静止 %4 秒</translation>
    </message>
    <message numerus="yes">
        <source>%n violation(s)</source>
        <translation>
            <numerusform>%n 项违规</numerusform>
        </translation>
    </message>
    <message>
        <source>  cannot judge: %1</source>
        <translation>  无法判断：%1</translation>
    </message>
    <message>
        <source>Note: %1</source>
        <translation>注意：%1</translation>
    </message>
    <message>
        <source>%1 frames in %2 s, %3 frames/s on %4</source>
        <translation>%1 帧，用时 %2 秒，%3 帧/秒，设备 %4</translation>
    </message>
    <message>
        <source>Results: %1</source>
        <translation>结果：%1</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) copied and compared.</source>
        <translation>
            <numerusform>已复制并核对 %n 行。</numerusform>
        </translation>
    </message>
    <message>
        <source>What to do.</source>
        <translation>要执行的操作。</translation>
    </message>
    <message>
        <source>Target of copy; it must be empty.</source>
        <translation>copy 的目标；必须为空。</translation>
    </message>
    <message>
        <source>Delete what the target of copy holds.</source>
        <translation>删除 copy 目标中的已有内容。</translation>
    </message>
    <message>
        <source>No progress.</source>
        <translation>不显示进度。</translation>
    </message>
    <message>
        <source>Finds every insertion in a video and judges it against a profile.</source>
        <translation>查找视频中的每次插棒，并按规则方案判定。</translation>
    </message>
    <message>
        <source>The video file.</source>
        <translation>视频文件。</translation>
    </message>
    <message>
        <source>Folder for the results.</source>
        <translation>结果文件夹。</translation>
    </message>
    <message>
        <source>Calibration file; without it rules in metres cannot judge.</source>
        <translation>标定文件；没有标定文件时，以米计的规则无法判断。</translation>
    </message>
    <message>
        <source>auto, cpu, cuda or cuda:N.</source>
        <translation>auto、cpu、cuda 或 cuda:N。</translation>
    </message>
    <message>
        <source>Only frames A to B, counted from 0.</source>
        <translation>仅处理第 A 到第 B 帧，从 0 开始计数。</translation>
    </message>
    <message>
        <source>Do not write result.mp4.</source>
        <translation>不写入 result.mp4。</translation>
    </message>
    <message>
        <source>No progress and no summary.</source>
        <translation>不显示进度和摘要。</translation>
    </message>
    <message>
        <source>Judges an earlier result again, without detection. What is not given stays as it was.</source>
        <translation>不重新检测，对已有结果重新判定。未给出的选项保持不变。</translation>
    </message>
    <message>
        <source>The folder that detect wrote.</source>
        <translation>detect 写入的文件夹。</translation>
    </message>
    <message>
        <source>Calibration file.</source>
        <translation>标定文件。</translation>
    </message>
    <message>
        <source>The model loads, runs and answers in the form that its manifest says.</source>
        <translation>模型可以加载和运行，输出形式与清单文件一致。</translation>
    </message>
    <message>
        <source>The project, or the video of a new one.</source>
        <translation>项目，或新项目的视频。</translation>
    </message>
    <message>
        <source>Words that must occur, for list.</source>
        <translation>必须包含的词，用于 list。</translation>
    </message>
    <message>
        <source>Name of the new project; the file&apos;s if not given.</source>
        <translation>新项目的名称；未给出时使用文件名。</translation>
    </message>
    <message>
        <source>Leave the video where it is instead of copying it.</source>
        <translation>视频保留在原处，不复制。</translation>
    </message>
    <message>
        <source>Calibration file of the new project.</source>
        <translation>新项目的标定文件。</translation>
    </message>
    <message>
        <source>Rule profile, for run.</source>
        <translation>规则方案，用于 run。</translation>
    </message>
    <message>
        <source>Folder for the files.</source>
        <translation>存放这些文件的文件夹。</translation>
    </message>
    <message>
        <source>Runs the sample pour that comes with the program through detect.</source>
        <translation>对程序自带的示例浇筑运行 detect。</translation>
    </message>
    <message>
        <source>Renders a pour: video.mp4, truth.json and calibration.json.</source>
        <translation>渲染一段浇筑：video.mp4、truth.json 和 calibration.json。</translation>
    </message>
    <message>
        <source>Folder for the three files.</source>
        <translation>存放这三个文件的文件夹。</translation>
    </message>
    <message>
        <source>What happens in it: %1.</source>
        <translation>视频中发生的情形：%1。</translation>
    </message>
    <message>
        <source>The same seed gives the same pour.</source>
        <translation>种子相同，生成的浇筑也相同。</translation>
    </message>
    <message>
        <source>Length of the video; the scenario&apos;s own if not given.</source>
        <translation>视频时长；未给出时使用场景自身的时长。</translation>
    </message>
    <message>
        <source>Rendered into %1.</source>
        <translation>已渲染到 %1。</translation>
    </message>
    <message>
        <source>Trains the detector on rendered and real pictures; export writes a model from a checkpoint.</source>
        <translation>用渲染图片和真实图片训练检测模型；export 由检查点写出模型。</translation>
    </message>
    <message>
        <source>Write a model instead of training.</source>
        <translation>写出模型，不进行训练。</translation>
    </message>
    <message>
        <source>Folder for checkpoints and log (.training).</source>
        <translation>检查点和日志的文件夹（.training）。</translation>
    </message>
    <message>
        <source>Folder with real pictures: site_safety and rig_workers below train/.</source>
        <translation>真实图片的文件夹：train/ 下的 site_safety 和 rig_workers。</translation>
    </message>
    <message>
        <source>How long to train.</source>
        <translation>训练时长。</translation>
    </message>
    <message>
        <source>Or how many steps.</source>
        <translation>或训练步数。</translation>
    </message>
    <message>
        <source>Go on from the last checkpoint.</source>
        <translation>从最近的检查点继续。</translation>
    </message>
    <message>
        <source>Seed of everything random.</source>
        <translation>所有随机过程的种子。</translation>
    </message>
    <message>
        <source>Pictures a step.</source>
        <translation>每步的图片数。</translation>
    </message>
    <message>
        <source>Rendered pictures kept in memory.</source>
        <translation>内存中保留的渲染图片数。</translation>
    </message>
    <message>
        <source>Learning rate.</source>
        <translation>学习率。</translation>
    </message>
    <message>
        <source>Folder for the model, with export.</source>
        <translation>存放模型的文件夹，配合 export 使用。</translation>
    </message>
    <message>
        <source>Default thresholds of poker, hoe and person, with export.</source>
        <translation>poker、hoe 和 person 的默认阈值，配合 export 使用。</translation>
    </message>
    <message>
        <source>Measures a model on simulated and real pictures, or two COCO files against each other.</source>
        <translation>用模拟图片和真实图片评测模型，或对比两个 COCO 文件。</translation>
    </message>
    <message>
        <source>Measure on simulated pictures with seeds never trained on.</source>
        <translation>用训练中从未用过的种子生成的模拟图片评测。</translation>
    </message>
    <message>
        <source>Folder with real labelled pictures, measured too.</source>
        <translation>已标注真实图片的文件夹，一并评测。</translation>
    </message>
    <message>
        <source>Folder of pictures and videos without a poker in use.</source>
        <translation>没有振捣棒作业的图片和视频的文件夹。</translation>
    </message>
    <message>
        <source>Pictures of each set.</source>
        <translation>每组的图片数。</translation>
    </message>
    <message>
        <source>valid or test.</source>
        <translation>valid 或 test。</translation>
    </message>
    <message>
        <source>Folder for sheets of pictures with what was found.</source>
        <translation>存放检出结果拼图的文件夹。</translation>
    </message>
    <message>
        <source>COCO file with the true boxes.</source>
        <translation>含真实框的 COCO 文件。</translation>
    </message>
    <message>
        <source>COCO file with detections.</source>
        <translation>含检测结果的 COCO 文件。</translation>
    </message>
    <message>
        <source>New password:</source>
        <translation>新密码：</translation>
    </message>
    <message>
        <source>User administration. create NAME --first makes the first administrator of an empty database.</source>
        <translation>用户管理。create NAME --first 在空数据库中创建第一个管理员。</translation>
    </message>
    <message>
        <source>The user; not for list.</source>
        <translation>用户；list 不需要。</translation>
    </message>
    <message>
        <source>Create the first administrator; nobody needs to be signed in.</source>
        <translation>创建第一个管理员；无需登录。</translation>
    </message>
    <message>
        <source>normal or administrator.</source>
        <translation>normal 或 administrator。</translation>
    </message>
    <message>
        <source>File whose first line is the new user&apos;s password; asked for if not given.</source>
        <translation>首行为新用户密码的文件；未给出时会询问密码。</translation>
    </message>
    <message>
        <source>Your user name.</source>
        <translation>您的用户名。</translation>
    </message>
    <message>
        <source>File whose first line is your password; asked for if not given.</source>
        <translation>首行为您的密码的文件；未给出时会询问密码。</translation>
    </message>
    <message>
        <source>Folder of videos and results. Default: the program&apos;s, or one beside the file given with --db.</source>
        <translation>视频和结果的文件夹。默认：程序自身的文件夹，或 --db 所给文件旁的文件夹。</translation>
    </message>
    <message>
        <source>Password for %1:</source>
        <translation>数据库 %1 的密码：</translation>
    </message>
    <message>
        <source>Password of %1:</source>
        <translation>%1 的密码：</translation>
    </message>
    <message>
        <source>New rendered pictures for each one learnt from.</source>
        <translation>每学习一张图片所新渲染的图片数。</translation>
    </message>
    <message>
        <source>Share of photographs in a step.</source>
        <translation>每一步中照片所占的比例。</translation>
    </message>
    <message>
        <source>Share of the rendered pictures: whole pours.</source>
        <translation>渲染图片中整段浇筑画面所占的比例。</translation>
    </message>
    <message>
        <source>Share of the rendered pictures: drawn ones.</source>
        <translation>渲染图片中绘制画面所占的比例。</translation>
    </message>
    <message>
        <source>Size of a training picture, multiples of 32.</source>
        <translation>训练图片的尺寸，须为 32 的倍数。</translation>
    </message>
    <message>
        <source>Time between two validations and checkpoints.</source>
        <translation>两次验证和保存检查点之间的时间。</translation>
    </message>
    <message>
        <source>Print JSON instead of a table.</source>
        <translation>输出 JSON 而不是表格。</translation>
    </message>
    <message>
        <source>list, check, import and remove detection models</source>
        <translation>列出、检查、导入和移除检测模型</translation>
    </message>
    <message>
        <source>Would take over: %1 users, %2 projects. Not: %3 projects. Nothing changed.</source>
        <translation>将接管：%1 个用户，%2 个项目。不接管：%3 个项目。未作任何更改。</translation>
    </message>
    <message>
        <source>Taken over: %1 users, %2 projects. Not: %3 projects.</source>
        <translation>已接管：%1 个用户，%2 个项目。未接管：%3 个项目。</translation>
    </message>
    <message>
        <source>%1 users need a new password: user reset-password NAME.</source>
        <translation>%1 个用户需要新密码：user reset-password NAME。</translation>
    </message>
    <message>
        <source>status: what is there. migrate: brings the tables up to date. copy: everything from one database to another, compared row by row. import-original: people, projects and videos of the original system.</source>
        <translation>status：现状。migrate：更新数据表。copy：把一个数据库的全部内容复制到另一个，逐行比较。import-original：原系统的人员、项目和视频。</translation>
    </message>
    <message>
        <source>Source of copy or import-original.</source>
        <translation>copy 或 import-original 的来源。</translation>
    </message>
    <message>
        <source>File whose first line is the password of import-original&apos;s server.</source>
        <translation>首行是 import-original 服务器密码的文件。</translation>
    </message>
    <message>
        <source>The original system&apos;s media folder.</source>
        <translation>原系统的媒体文件夹。</translation>
    </message>
    <message>
        <source>Only tell what import-original would take.</source>
        <translation>只说明 import-original 会接管什么。</translation>
    </message>
    <message>
        <source>Leave the videos where they are instead of copying.</source>
        <translation>视频留在原处而不复制。</translation>
    </message>
    <message>
        <source>Take no passwords over; give new ones afterwards.</source>
        <translation>不接管密码；之后重新设置。</translation>
    </message>
    <message>
        <source>Another detection model: its name, or its manifest.</source>
        <translation>另一个检测模型：名称或清单。</translation>
    </message>
    <message>
        <source>The file is a detector. model import brings it in.</source>
        <translation>该文件是检测器。用 model import 导入。</translation>
    </message>
    <message>
        <source>It came without a manifest; one was written from what was found. Check the classes.</source>
        <translation>它没有清单；已根据检查结果写出一份。请核对类别。</translation>
    </message>
    <message>
        <source>list: the models of this computer. check FILE: runs a model once and tells what it is. import FILE: the same, and keeps it. remove NAME. default NAME: the one that detections of projects use.</source>
        <translation>list：此计算机上的模型。check FILE：运行一次模型并说明它是什么。import FILE：同上并保留。remove NAME：移除。default NAME：项目检测所用的模型。</translation>
    </message>
    <message>
        <source>A manifest, a folder with one, or a TorchScript file; or a model&apos;s name.</source>
        <translation>清单、含一份清单的文件夹，或 TorchScript 文件；或模型名称。</translation>
    </message>
    <message>
        <source>Manifest of the file to import.</source>
        <translation>要导入文件的清单。</translation>
    </message>
    <message>
        <source>Name of the imported model; the manifest&apos;s or the file&apos;s if not given.</source>
        <translation>导入后的模型名称；未给出时用清单或文件的名称。</translation>
    </message>
    <message>
        <source>Classes of a file without a manifest, in the network&apos;s order: a,b,c.</source>
        <translation>没有清单的文件的类别，按网络顺序：a,b,c。</translation>
    </message>
    <message>
        <source>Copying</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>片段</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Packing</source>
        <translation>打包</translation>
    </message>
    <message>
        <source>Clips and video: %1</source>
        <translation>片段和视频：%1</translation>
    </message>
    <message>
        <source>changed: %1</source>
        <translation>已被改动：%1</translation>
    </message>
    <message>
        <source>missing: %1</source>
        <translation>缺少：%1</translation>
    </message>
    <message>
        <source>not in the manifest: %1</source>
        <translation>清单中没有：%1</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) unchanged</source>
        <translation>
            <numerusform>%n 个文件未被改动</numerusform>
        </translation>
    </message>
    <message>
        <source>Writes the report of a project&apos;s newest result, or of a result folder. verify FILE.zip checks an evidence package.</source>
        <translation>为项目的最新结果或某个结果文件夹生成报告。verify FILE.zip 检查证据包。</translation>
    </message>
    <message>
        <source>The project&apos;s number from project list, or the folder that detect wrote.</source>
        <translation>project list 中的项目编号，或 detect 写出的文件夹。</translation>
    </message>
    <message>
        <source>The evidence package, for verify.</source>
        <translation>证据包，用于 verify。</translation>
    </message>
    <message>
        <source>What to write, with commas: files (the result&apos;s own), pdf, xlsx, csv, json, clips, video, zip (evidence package).</source>
        <translation>要写出的内容，用逗号分隔：files（结果自身的文件）、pdf、xlsx、csv、json、clips、video、zip（证据包）。</translation>
    </message>
    <message>
        <source>Language of the report: en or zh.</source>
        <translation>报告的语言：en 或 zh。</translation>
    </message>
    <message>
        <source>Which violations to list: all or confirmed.</source>
        <translation>列出哪些违规：all（全部）或 confirmed（已确认）。</translation>
    </message>
    <message>
        <source>The clean video, for pictures and clips.</source>
        <translation>原始视频，用于截图和片段。</translation>
    </message>
    <message>
        <source>Day of the pour, for the cover: YYYY-MM-DD.</source>
        <translation>浇筑日期，印在封面上：YYYY-MM-DD。</translation>
    </message>
    <message>
        <source>Seconds before and after the violation in a clip.</source>
        <translation>片段中违规前后的秒数。</translation>
    </message>
    <message>
        <source>Pictures and clips without boxes and points.</source>
        <translation>图片和片段中不画框和点。</translation>
    </message>
    <message>
        <source>Clips without the line that names the violation.</source>
        <translation>片段中不写违规说明。</translation>
    </message>
    <message>
        <source>CSV without the mark that spreadsheets look for.</source>
        <translation>CSV 不带电子表格所需的 BOM 标记。</translation>
    </message>
    <message>
        <source>Projects: list, show NUMBER, create VIDEO, run NUMBER, delete NUMBER, annotations NUMBER (what was corrected by hand, as training pictures).</source>
        <translation>项目：list、show 编号、create 视频、run 编号、delete 编号、annotations 编号（将人工更正导出为训练图片）。</translation>
    </message>
    <message>
        <source>Folder for the training pictures, for annotations.</source>
        <translation>训练图片的文件夹（用于 annotations）。</translation>
    </message>
    <message>
        <source>list, show, check, import, export and remove rule profiles</source>
        <translation>列出、显示、检查、导入、导出和删除规则方案</translation>
    </message>
    <message>
        <source>Rule profile: its id or name (profile list), or a profile file.</source>
        <translation>规则方案：标识或名称（见 profile list），或方案文件。</translation>
    </message>
    <message>
        <source>The profile is valid. profile import keeps it.</source>
        <translation>规则方案有效。用 profile import 可保存它。</translation>
    </message>
    <message>
        <source>list: the rule profiles of this computer. show NAME|FILE: its limits, with range, source and how far that was checked. check FILE: is it one. import FILE keeps it under an id of its own. export NAME FILE. remove NAME: an own one.</source>
        <translation>list：本机的规则方案。show 名称|文件：各项限值及其范围、来源和核对程度。check 文件：是否为有效方案。import 文件：以自己的标识保存。export 名称 文件。remove 名称：删除自有方案。</translation>
    </message>
    <message>
        <source>The id or name of a profile, or a profile file.</source>
        <translation>方案的标识或名称，或方案文件。</translation>
    </message>
    <message>
        <source>The file to write, for export.</source>
        <translation>导出时要写入的文件。</translation>
    </message>
    <message>
        <source>Judge it for this report under another rule profile: its id, name or file.</source>
        <translation>本次报告按另一规则方案评判：标识、名称或文件。</translation>
    </message>
    <message>
        <source>Manifest of a trained model whose weights to start with, or with export to write anew.</source>
        <translation>已训练模型的清单：训练从其权重开始；与 export 合用时将其重新写出。</translation>
    </message>
    <message>
        <source>With export: the model looks at each picture mirrored, too; more exact, slower.</source>
        <translation>与 export 合用：模型还会看每张图片的镜像；更准确，但更慢。</translation>
    </message>
    <message>
        <source>Width of the input that the model is trained for, in pixels.</source>
        <translation>模型训练所针对的输入宽度，单位像素。</translation>
    </message>
    <message>
        <source>With export: size of the model&apos;s input, multiples of 32.</source>
        <translation>导出时：模型输入的尺寸，32 的倍数。</translation>
    </message>
    <message>
        <source>Share of the rendered pictures: with depth and shadows.</source>
        <translation>渲染图片中的比例：带深度与阴影的图片。</translation>
    </message>
    <message>
        <source>With export: runs take a larger input for far views, in which people are so many pixels high.</source>
        <translation>用于 export：远景视频检测时采用更大的输入，使画面中的人员达到此像素高度。</translation>
    </message>
    <message>
        <source>Score from which on a sighting of a poker counts.</source>
        <translation>计入振捣棒的最低得分。</translation>
    </message>
    <message>
        <source>Side of a cell of the coverage map, metres.</source>
        <translation>覆盖图网格的边长，米。</translation>
    </message>
    <message>
        <source>no: the work goes on after the video, so ground beyond it is not missed.</source>
        <translation>no：视频之后作业仍将继续，因此尚未作业到的地方不算漏振。</translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>The file %1 cannot be opened. Check that it exists and that you may read it.</source>
        <translation>无法打开文件 %1。请检查文件是否存在以及您是否有读取权限。</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>Reading %1 failed half-way. Check the disk or the cable and try again.</source>
        <translation>读取 %1 中途失败。请检查磁盘或数据线后重试。</translation>
    </message>
    <message>
        <source>Your account no longer exists. Sign in with another one.</source>
        <translation>您的账户已不存在。请用其他账户登录。</translation>
    </message>
    <message>
        <source>This user does not exist any more.</source>
        <translation>此用户已不存在。</translation>
    </message>
    <message>
        <source>The user name or the password is wrong.</source>
        <translation>用户名或密码错误。</translation>
    </message>
    <message>
        <source>The user name is empty. Type one.</source>
        <translation>用户名为空。请输入用户名。</translation>
    </message>
    <message>
        <source>The user name is too long. Use at most %1 characters.</source>
        <translation>用户名过长。最多 %1 个字符。</translation>
    </message>
    <message>
        <source>The user name contains a character that cannot be shown. Choose another name.</source>
        <translation>用户名包含无法显示的字符。请换一个名称。</translation>
    </message>
    <message>
        <source>The text is too long. Use at most %1 characters.</source>
        <translation>文本过长。最多 %1 个字符。</translation>
    </message>
    <message>
        <source>There is a user named %1 already. Choose another name.</source>
        <translation>已有名为 %1 的用户。请换一个名称。</translation>
    </message>
    <message>
        <source>Only an administrator may do this.</source>
        <translation>只有管理员可以执行此操作。</translation>
    </message>
    <message>
        <source>%1 is the last administrator. Make someone else administrator first.</source>
        <translation>%1 是最后一个管理员。请先将其他人设为管理员。</translation>
    </message>
    <message>
        <source>There is an administrator already. Sign in instead.</source>
        <translation>已有管理员。请直接登录。</translation>
    </message>
    <message>
        <source>Too many failed attempts. Wait %1 seconds, then try again.</source>
        <translation>失败次数过多。请等待 %1 秒后重试。</translation>
    </message>
    <message>
        <source>%1 still owns projects (%2). Delete them or give them to someone else first.</source>
        <translation>%1 仍拥有项目（%2）。请先删除这些项目或移交给其他人。</translation>
    </message>
    <message>
        <source>The old password is wrong.</source>
        <translation>旧密码错误。</translation>
    </message>
    <message>
        <source>The password is too short. Use at least %1 characters.</source>
        <translation>密码过短。至少 %1 个字符。</translation>
    </message>
    <message>
        <source>The password is too long. Use at most %1 characters.</source>
        <translation>密码过长。最多 %1 个字符。</translation>
    </message>
    <message>
        <source>The password is the user name. Choose another one.</source>
        <translation>密码与用户名相同。请换一个密码。</translation>
    </message>
    <message>
        <source>The password could not be protected because memory is short. Close other programs and try again.</source>
        <translation>内存不足，无法保护密码。请关闭其他程序后重试。</translation>
    </message>
    <message>
        <source>The calibration has %1 points in the picture but %2 on the concrete; give every point in both.</source>
        <translation>标定在画面上有 %1 个点，在混凝土面上却有 %2 个；请给出每个点的两处位置。</translation>
    </message>
    <message>
        <source>The calibration has %1 points; at least 4 are needed.</source>
        <translation>标定有 %1 个点；至少需要 4 个。</translation>
    </message>
    <message>
        <source>The calibration has %1 points; at most 200 can be used.</source>
        <translation>标定有 %1 个点；最多可用 200 个。</translation>
    </message>
    <message>
        <source>Calibration point %1 lies on another one in the picture; place the points apart.</source>
        <translation>标定点 %1 在画面上与另一点重合；请将各点分开放置。</translation>
    </message>
    <message>
        <source>Calibration point %1 lies on another one on the concrete; check its distances.</source>
        <translation>标定点 %1 在混凝土面上与另一点重合；请检查其距离。</translation>
    </message>
    <message>
        <source>The calibration points lie on one line; place at least one well beside it.</source>
        <translation>标定点位于同一直线上；请至少将一个点放在明显偏离该直线的位置。</translation>
    </message>
    <message>
        <source>Three of the four calibration points lie on one line; spread them out like the corners of a rectangle.</source>
        <translation>四个标定点中有三个位于同一直线上；请像矩形四角那样分散布置。</translation>
    </message>
    <message>
        <source>The outline of the calibration points crosses itself; give them in the same order in the picture and on the concrete.</source>
        <translation>标定点的轮廓自相交；请在画面上和混凝土面上按相同顺序给出各点。</translation>
    </message>
    <message>
        <source>The pour region has %1 corners; at least 3 are needed.</source>
        <translation>浇筑区域有 %1 个角点；至少需要 3 个。</translation>
    </message>
    <message>
        <source>The outline of the pour region crosses itself; draw it again.</source>
        <translation>浇筑区域的轮廓自相交；请重新绘制。</translation>
    </message>
    <message>
        <source>The pour region has an area of %1 m²; it must be between 0.01 and 100000 m². Check that it is in metres.</source>
        <translation>浇筑区域的面积为 %1 m²；须在 0.01 到 100000 m² 之间。请检查单位是否为米。</translation>
    </message>
    <message>
        <source>The radius of action is %1 m; it must be between 0.05 and 1.5 m.</source>
        <translation>作用半径为 %1 m；须在 0.05 到 1.5 m 之间。</translation>
    </message>
    <message>
        <source>The length of the rod is %1 m; it must be between 0.05 and 3 m.</source>
        <translation>棒长为 %1 m；须在 0.05 到 3 m 之间。</translation>
    </message>
    <message>
        <source>%1: the field &quot;%2&quot; is missing or has the wrong form.</source>
        <translation>%1：字段“%2”缺失或形式有误。</translation>
    </message>
    <message>
        <source>The calibration points do not fix the concrete surface; spread them out like the corners of a rectangle.</source>
        <translation>标定点无法确定混凝土面；请像矩形四角那样分散布置。</translation>
    </message>
    <message>
        <source>The calibration folds the surface over; check that the points have the same order in the picture and on the concrete.</source>
        <translation>标定使混凝土面发生翻折；请检查各点在画面上和混凝土面上的顺序是否一致。</translation>
    </message>
    <message>
        <source>The calibration misses its own points by %1 cm, more than %2 cm; check the points and their distances.</source>
        <translation>标定与其自身各点的偏差为 %1 cm，超过 %2 cm；请检查各点及其距离。</translation>
    </message>
    <message>
        <source>%1 is not a JSON file: %2 at byte %3.</source>
        <translation>%1 不是 JSON 文件：%2，位于第 %3 字节。</translation>
    </message>
    <message>
        <source>%1 is not a calibration file: its &quot;schema&quot; must be &quot;%2&quot;.</source>
        <translation>%1 不是标定文件：其 &quot;schema&quot; 必须为 &quot;%2&quot;。</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>无法写入 %1：%2。</translation>
    </message>
    <message>
        <source>Profile &quot;%1&quot;: %2 is %3 but %4 is %5; the first must be smaller.</source>
        <translation>规则方案“%1”：%2 为 %3，而 %4 为 %5；前者必须更小。</translation>
    </message>
    <message>
        <source>Shortest stationary time of an insertion</source>
        <translation>每次插棒的最短静止时间</translation>
    </message>
    <message>
        <source>Longest stationary time of an insertion</source>
        <translation>每次插棒的最长静止时间</translation>
    </message>
    <message>
        <source>Radius of action when none is entered</source>
        <translation>未输入时采用的作用半径</translation>
    </message>
    <message>
        <source>Largest spacing, in radii of action</source>
        <translation>最大插点间距（作用半径的倍数）</translation>
    </message>
    <message>
        <source>Largest spacing</source>
        <translation>最大插点间距</translation>
    </message>
    <message>
        <source>Smallest distance from the form</source>
        <translation>距模板的最小距离</translation>
    </message>
    <message>
        <source>Largest distance from the form, in radii of action</source>
        <translation>距模板的最大距离（作用半径的倍数）</translation>
    </message>
    <message>
        <source>Largest distance from the form</source>
        <translation>距模板的最大距离</translation>
    </message>
    <message>
        <source>Smallest depth into the layer below</source>
        <translation>插入下层的最小深度</translation>
    </message>
    <message>
        <source>Largest layer thickness</source>
        <translation>最大分层厚度</translation>
    </message>
    <message>
        <source>Largest layer thickness, in rod lengths</source>
        <translation>最大分层厚度（棒长的倍数）</translation>
    </message>
    <message>
        <source>Fastest withdrawal</source>
        <translation>最快拔棒速度</translation>
    </message>
    <message>
        <source>Longest time to insert</source>
        <translation>最长插入用时</translation>
    </message>
    <message>
        <source>Largest tilt from the vertical</source>
        <translation>偏离竖直方向的最大倾角</translation>
    </message>
    <message>
        <source>A shorter contact is a touch, not an insertion</source>
        <translation>接触短于此时间为触碰，不算插棒</translation>
    </message>
    <message>
        <source>Slower than this, the poker stands still</source>
        <translation>速度低于此值时视为振捣棒静止</translation>
    </message>
    <message>
        <source>Sideways speed that counts as dragging</source>
        <translation>视为拖棒的横移速度</translation>
    </message>
    <message>
        <source>Longest sideways path in concrete</source>
        <translation>混凝土中横移的最大距离</translation>
    </message>
    <message>
        <source>Same place, in radii of action</source>
        <translation>视为同一位置的距离（作用半径的倍数）</translation>
    </message>
    <message>
        <source>Same treatment when the pause is shorter</source>
        <translation>间歇短于此时间视为同一次振捣</translation>
    </message>
    <message>
        <source>Earliest revibration after the first</source>
        <translation>首次振捣后最早的二次振捣时间</translation>
    </message>
    <message>
        <source>Latest revibration after the first</source>
        <translation>首次振捣后最晚的二次振捣时间</translation>
    </message>
    <message>
        <source>Smallest share of the pour region treated</source>
        <translation>浇筑区域的最小振捣覆盖率</translation>
    </message>
    <message>
        <source>Largest untreated disc, diameter</source>
        <translation>最大未振捣圆的直径</translation>
    </message>
    <message>
        <source>text read</source>
        <translation>已查阅原文</translation>
    </message>
    <message>
        <source>from a secondary source</source>
        <translation>来自二手资料</translation>
    </message>
    <message>
        <source>general knowledge, not checked</source>
        <translation>常识，未核实</translation>
    </message>
    <message>
        <source>our setting</source>
        <translation>本程序的设定</translation>
    </message>
    <message>
        <source>There is no profile &quot;%1&quot;; use one of %2 or the path of a profile file.</source>
        <translation>没有规则方案“%1”；请使用 %2 之一，或规则方案文件的路径。</translation>
    </message>
    <message>
        <source>The profile %1 cannot be read: %2.</source>
        <translation>无法读取规则方案 %1：%2。</translation>
    </message>
    <message>
        <source>%1 is not a profile: its &quot;schema&quot; must be &quot;%2&quot;.</source>
        <translation>%1 不是规则方案：其 &quot;schema&quot; 必须为 &quot;%2&quot;。</translation>
    </message>
    <message>
        <source>%1: &quot;%2&quot; is not a field of a profile.</source>
        <translation>%1：“%2”不是规则方案的字段。</translation>
    </message>
    <message>
        <source>%1: the value of %2 is not a number.</source>
        <translation>%1：%2 的值不是数值。</translation>
    </message>
    <message>
        <source>%1: the status of %2 must be read, secondary, general_knowledge or our_setting.</source>
        <translation>%1：%2 的 status 必须为 read、secondary、general_knowledge 或 our_setting。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a profile id; use small letters, digits, - and _.</source>
        <translation>“%1”不是规则方案 ID；请使用小写字母、数字、- 和 _。</translation>
    </message>
    <message>
        <source>Profile &quot;%1&quot; needs a name in English and in Chinese and a version.</source>
        <translation>规则方案“%1”需要英文名称、中文名称和版本。</translation>
    </message>
    <message>
        <source>Profile &quot;%1&quot;: &quot;%2&quot; is not a known parameter.</source>
        <translation>规则方案“%1”：“%2”不是已知参数。</translation>
    </message>
    <message>
        <source>Profile &quot;%1&quot;: %2 is given twice.</source>
        <translation>规则方案“%1”：%2 重复给出。</translation>
    </message>
    <message>
        <source>Profile &quot;%1&quot;: the unit of %2 must be %3, not &quot;%4&quot;.</source>
        <translation>规则方案“%1”：%2 的单位必须为 %3，而不是“%4”。</translation>
    </message>
    <message>
        <source>Profile &quot;%1&quot;: %2 is %3 %4; it must be between %5 and %6.</source>
        <translation>规则方案“%1”：%2 为 %3 %4；须在 %5 到 %6 之间。</translation>
    </message>
    <message>
        <source>Profile &quot;%1&quot;: %2 names no source; name it or mark the value as our_setting.</source>
        <translation>规则方案“%1”：%2 未注明来源；请注明来源，或将该值标为 our_setting。</translation>
    </message>
    <message>
        <source>Profile &quot;%1&quot; has no %2; every profile needs it.</source>
        <translation>规则方案“%1”缺少 %2；每个规则方案都需要它。</translation>
    </message>
    <message>
        <source>The poker was moved sideways %1 m in the concrete; up to %2 m are tolerated.</source>
        <translation>振捣棒在混凝土中横移了 %1 m；容许值为 %2 m。</translation>
    </message>
    <message>
        <source>The poker was seen too poorly: it seems to have been dragged %1 m through the concrete; up to %2 m are tolerated.</source>
        <translation>振捣棒未能看清：似乎在混凝土中拖行了 %1 m；容许值为 %2 m。</translation>
    </message>
    <message>
        <source>The poker was dragged %1 m through the concrete; up to %2 m are tolerated.</source>
        <translation>振捣棒在混凝土中拖行了 %1 m；容许值为 %2 m。</translation>
    </message>
    <message>
        <source>No form line was drawn in the calibration.</source>
        <translation>标定中未绘制模板线。</translation>
    </message>
    <message>
        <source>The poker stood %1 m from the form; at least %2 m are required.</source>
        <translation>振捣棒距模板 %1 m；要求至少 %2 m。</translation>
    </message>
    <message>
        <source>The poker stood only %1 m from the form; at least %2 m are required.</source>
        <translation>振捣棒距模板仅 %1 m；要求至少 %2 m。</translation>
    </message>
    <message>
        <source>The outermost insertion is %1 m from the form; at most %2 m are allowed.</source>
        <translation>最外侧插点距模板 %1 m；最多允许 %2 m。</translation>
    </message>
    <message>
        <source>The outermost insertion is %1 m from the form, farther than the %2 m allowed.</source>
        <translation>最外侧插点距模板 %1 m，超过允许的 %2 m。</translation>
    </message>
    <message>
        <source>No pour region was drawn in the calibration.</source>
        <translation>标定中未绘制浇筑区域。</translation>
    </message>
    <message>
        <source>Too few insertions were seen to say which area was worked.</source>
        <translation>看到的插棒过少，无法确定作业范围。</translation>
    </message>
    <message>
        <source>%1 % of the pour region was not seen; nothing was missed in the rest.</source>
        <translation>浇筑区域的 %1% 未被观察到；其余部分没有漏振。</translation>
    </message>
    <message>
        <source>%1 % of the pour region was not vibrated; up to %2 % are allowed.</source>
        <translation>浇筑区域有 %1 % 未振捣；最多允许 %2 %。</translation>
    </message>
    <message>
        <source>%1 % of the pour region was not vibrated, up to %2 % are allowed; the largest gap is %3 m wide.</source>
        <translation>浇筑区域有 %1 % 未振捣，最多允许 %2 %；最大漏振处宽 %3 m。</translation>
    </message>
    <message>
        <source>The poker was seen too poorly: it seems to have stood still for %1 s; at most %2 s are allowed.</source>
        <translation>振捣棒未能看清：似乎静止了 %1 秒；最多允许 %2 秒。</translation>
    </message>
    <message>
        <source>The poker stood still for %1 s; at most %2 s are allowed.</source>
        <translation>振捣棒静止了 %1 秒；最多允许 %2 秒。</translation>
    </message>
    <message>
        <source>Only a part of this insertion was seen: the poker stood still for %1 s of it; at most %2 s are allowed.</source>
        <translation>此次插棒只看到一部分：其中振捣棒静止了 %1 秒；最多允许 %2 秒。</translation>
    </message>
    <message>
        <source>%3 insertions at the same place add up to %1 s; at most %2 s are allowed.</source>
        <translation>同一位置的 %3 次插棒累计 %1 秒；最多允许 %2 秒。</translation>
    </message>
    <message>
        <source>No other insertion at this place shortly before.</source>
        <translation>此前不久，此位置没有其他插棒。</translation>
    </message>
    <message>
        <source>Only %1 m from insertion %3 and %2 s after it: the same concrete was vibrated again.</source>
        <translation>距插点 %3 仅 %1 m，且在其后 %2 秒：同一处混凝土被重复振捣。</translation>
    </message>
    <message>
        <source>%1 m from insertion %3 and %2 s after it: a revibration, which is allowed.</source>
        <translation>距插点 %3 为 %1 m，在其后 %2 秒：属于二次振捣，允许。</translation>
    </message>
    <message>
        <source>%1 m from insertion %3 but %2 s after it.</source>
        <translation>距插点 %3 为 %1 m，但在其后 %2 秒。</translation>
    </message>
    <message>
        <source>Without a calibration nothing can be measured in metres.</source>
        <translation>没有标定，无法以米为单位测量。</translation>
    </message>
    <message>
        <source>The poker stood still for %1 s; at least %2 s are required.</source>
        <translation>振捣棒静止了 %1 秒；要求至少 %2 秒。</translation>
    </message>
    <message>
        <source>Only a part of this insertion was seen: the poker stood still for %1 s of it; at least %2 s are required.</source>
        <translation>此次插棒只看到一部分：其中振捣棒静止了 %1 秒；要求至少 %2 秒。</translation>
    </message>
    <message>
        <source>The poker was seen too poorly: it seems to have stood still for %1 s; at least %2 s are required.</source>
        <translation>振捣棒未能看清：似乎静止了 %1 秒；要求至少 %2 秒。</translation>
    </message>
    <message>
        <source>The poker stood still for only %1 s; at least %2 s are required.</source>
        <translation>振捣棒仅静止了 %1 秒；要求至少 %2 秒。</translation>
    </message>
    <message>
        <source>CVD_MODEL names %1, which does not exist.</source>
        <translation>CVD_MODEL 指定了 %1，但它不存在。</translation>
    </message>
    <message>
        <source>No detection model was found near %1. Install one in the models folder or name one with --model.</source>
        <translation>在 %1 附近未找到检测模型。请在 models 文件夹中安装一个，或用 --model 指定。</translation>
    </message>
    <message>
        <source>The folder %1 cannot be read.</source>
        <translation>无法读取文件夹 %1。</translation>
    </message>
    <message>
        <source>The folder %1 must hold exactly one model manifest (.json), but holds %2. Name the manifest itself.</source>
        <translation>文件夹 %1 中必须恰有一个模型清单文件（.json），但现有 %2 个。请直接指定清单文件。</translation>
    </message>
    <message>
        <source>The model manifest %1 is not valid: &quot;%2&quot; %3.</source>
        <translation>模型清单文件 %1 无效：“%2” %3。</translation>
    </message>
    <message>
        <source>%1 is not a model manifest: it is not valid JSON.</source>
        <translation>%1 不是模型清单文件：不是有效的 JSON。</translation>
    </message>
    <message>
        <source>The model manifest %1 cannot be written.</source>
        <translation>无法写入模型清单文件 %1。</translation>
    </message>
    <message>
        <source>The network file %1 that the manifest names does not exist.</source>
        <translation>清单文件指定的网络文件 %1 不存在。</translation>
    </message>
    <message>
        <source>The network file %1 is not the one that its manifest describes: the SHA-256 differs. Install the model again.</source>
        <translation>网络文件 %1 与其清单文件所述不符：SHA-256 不同。请重新安装模型。</translation>
    </message>
    <message>
        <source>The device %1 is unknown. Use auto, cpu, cuda or cuda:N.</source>
        <translation>未知设备 %1。请使用 auto、cpu、cuda 或 cuda:N。</translation>
    </message>
    <message>
        <source>The device %1 is not there: %2 CUDA devices were found. Use auto or cpu.</source>
        <translation>没有设备 %1：共找到 %2 个 CUDA 设备。请使用 auto 或 cpu。</translation>
    </message>
    <message>
        <source>The network file %1 has no forward method, so it is not a detector.</source>
        <translation>网络文件 %1 没有 forward 方法，因此不是检测模型。</translation>
    </message>
    <message>
        <source>The file %1 is not a TorchScript network that can be loaded.</source>
        <translation>文件 %1 不是可加载的 TorchScript 网络。</translation>
    </message>
    <message>
        <source>The network %1 returns %2 where its manifest (decoder %3) promises numbers of the shape %4.</source>
        <translation>网络 %1 返回 %2，而其清单文件（解码器 %3）规定的是形状为 %4 的数值。</translation>
    </message>
    <message>
        <source>The network %1 returns values that are not numbers.</source>
        <translation>网络 %1 返回的值不是数值。</translation>
    </message>
    <message>
        <source>The network %1 cannot process a picture of %2 x %3 pixels.</source>
        <translation>网络 %1 无法处理 %2 x %3 像素的图片。</translation>
    </message>
    <message>
        <source>The detector needs 8-bit colour pictures.</source>
        <translation>检测模型需要 8 位彩色图片。</translation>
    </message>
    <message>
        <source>The network %1 failed on %2.</source>
        <translation>网络 %1 在 %2 上运行失败。</translation>
    </message>
    <message>
        <source>This detection does not exist any more, or it is not yours. Refresh the list.</source>
        <translation>此检测已不存在，或不属于您。请刷新列表。</translation>
    </message>
    <message>
        <source>The project has no video. Import it again.</source>
        <translation>此项目没有视频。请重新导入。</translation>
    </message>
    <message>
        <source>The program ended while this detection ran. Start it again.</source>
        <translation>检测运行时程序已退出。请重新开始检测。</translation>
    </message>
    <message>
        <source>The range ends before it begins. Choose a first and a last frame.</source>
        <translation>范围的终点早于起点。请选择起始帧和结束帧。</translation>
    </message>
    <message>
        <source>This detection has ended already.</source>
        <translation>此检测已结束。</translation>
    </message>
    <message>
        <source>This detection waits or runs. Cancel it first.</source>
        <translation>此检测正在等待或运行。请先取消。</translation>
    </message>
    <message>
        <source>A detection of this project waits or runs already. Wait for it or cancel it.</source>
        <translation>此项目已有检测正在等待或运行。请等待其完成或将其取消。</translation>
    </message>
    <message>
        <source>This detection cannot be started again. Refresh the list or start a new one.</source>
        <translation>此检测无法重新开始。请刷新列表或新建检测。</translation>
    </message>
    <message>
        <source>The calibration cannot be written to %1. Check that the disk has room and may be written to.</source>
        <translation>无法将标定写入 %1。请检查磁盘是否有空间以及是否可写。</translation>
    </message>
    <message>
        <source>The detection stopped with an error of the program. Start it again; if it happens again, report it with the details.</source>
        <translation>检测因程序错误而停止。请重新开始；若再次发生，请附上详细信息报告。</translation>
    </message>
    <message>
        <source>The detection ended without a result. Start it again.</source>
        <translation>检测已结束但没有结果。请重新开始。</translation>
    </message>
    <message>
        <source>The video %1 does not exist. Check the path.</source>
        <translation>视频 %1 不存在。请检查路径。</translation>
    </message>
    <message>
        <source>%1 is a folder. Choose a video file in it.</source>
        <translation>%1 是文件夹。请选择其中的视频文件。</translation>
    </message>
    <message>
        <source>%1 is not a regular file. Choose a video file.</source>
        <translation>%1 不是常规文件。请选择视频文件。</translation>
    </message>
    <message>
        <source>The video %1 cannot be opened. Check that you may read it.</source>
        <translation>无法打开视频 %1。请检查您是否有读取权限。</translation>
    </message>
    <message>
        <source>The video %1 is empty (0 bytes). Copy it again.</source>
        <translation>视频 %1 为空（0 字节）。请重新复制。</translation>
    </message>
    <message>
        <source>%1 is not a video that can be read. Choose another file.</source>
        <translation>%1 不是可读取的视频。请选择其他文件。</translation>
    </message>
    <message>
        <source>%1 has sound but no picture. Choose a video file.</source>
        <translation>%1 有声音但没有画面。请选择视频文件。</translation>
    </message>
    <message>
        <source>The video %1 was cut off: its table of contents is missing. Copy it again from the camera.</source>
        <translation>视频 %1 不完整：缺少索引信息。请从摄像机重新复制。</translation>
    </message>
    <message>
        <source>%1 is compressed with %2, which this program cannot decode. Convert it to H.264 first.</source>
        <translation>%1 采用 %2 压缩，本程序无法解码。请先转换为 H.264。</translation>
    </message>
    <message>
        <source>The video in %1 cannot be decoded. Choose another file.</source>
        <translation>无法解码 %1 中的视频。请选择其他文件。</translation>
    </message>
    <message>
        <source>The video&apos;s pixel format (%1) cannot be converted.</source>
        <translation>无法转换视频的像素格式（%1）。</translation>
    </message>
    <message>
        <source>A picture could not be converted.</source>
        <translation>有图片无法转换。</translation>
    </message>
    <message>
        <source>The picture %1 could not be written. Check the folder and the free space.</source>
        <translation>无法写入图片 %1。请检查文件夹和剩余空间。</translation>
    </message>
    <message>
        <source>The video %1 has no frame that can be decoded. Copy it again.</source>
        <translation>视频 %1 没有可解码的帧。请重新复制。</translation>
    </message>
    <message>
        <source>The picture of %1 is %2 x %3 pixels; at most %4 a side can be read. Scale the video down first.</source>
        <translation>%1 的画面为 %2 x %3 像素；每边最多可读取 %4 像素。请先缩小视频。</translation>
    </message>
    <message>
        <source>Frame %1 of %2 is damaged and cannot be decoded.</source>
        <translation>%2 的第 %1 帧已损坏，无法解码。</translation>
    </message>
    <message>
        <source>Frame %1 is outside the video, which has %2 frames.</source>
        <translation>第 %1 帧超出视频范围，视频共 %2 帧。</translation>
    </message>
    <message>
        <source>The disk is full: %1 could not be written. Free some space and try again.</source>
        <translation>磁盘已满：无法写入 %1。请腾出空间后重试。</translation>
    </message>
    <message>
        <source>The video %1 could not be written. Check the folder and the free space.</source>
        <translation>无法写入视频 %1。请检查文件夹和剩余空间。</translation>
    </message>
    <message>
        <source>This FFmpeg has no H.264 encoder (libx264), so no video can be written. Install it, or go on without the result video.</source>
        <translation>此 FFmpeg 没有 H.264 编码器（libx264），无法写入视频。请安装该编码器，或不生成结果视频而继续。</translation>
    </message>
    <message>
        <source>The H.264 encoder refuses to write %1 (%2 x %3 pixels).</source>
        <translation>H.264 编码器拒绝写入 %1（%2 x %3 像素）。</translation>
    </message>
    <message>
        <source>The video %1 cannot be created. Check that the folder exists and that you may write to it.</source>
        <translation>无法创建视频 %1。请检查文件夹是否存在以及您是否有写入权限。</translation>
    </message>
    <message>
        <source>A video of %1 x %2 pixels cannot be written.</source>
        <translation>无法写入 %1 x %2 像素的视频。</translation>
    </message>
    <message>
        <source>A frame for %1 has the wrong size or its time is not later than that of the frame before.</source>
        <translation>写入 %1 的某一帧尺寸有误，或其时间不晚于前一帧。</translation>
    </message>
    <message>
        <source>No frame was written to %1.</source>
        <translation>没有帧写入 %1。</translation>
    </message>
    <message>
        <source>The detection module cvd_torch_backend was not found in %1. Install the program again.</source>
        <translation>在 %1 中未找到检测模块 cvd_torch_backend。请重新安装程序。</translation>
    </message>
    <message>
        <source>The detection module %1 cannot be used with this program. Install the program again.</source>
        <translation>检测模块 %1 不能用于本程序。请重新安装程序。</translation>
    </message>
    <message>
        <source>The detector could not be loaded. The details say what went wrong.</source>
        <translation>无法加载检测模型。原因见详细信息。</translation>
    </message>
    <message>
        <source>The result would overwrite the video %1. Choose another folder.</source>
        <translation>结果会覆盖视频 %1。请选择其他文件夹。</translation>
    </message>
    <message>
        <source>The range %1-%2 does not fit the video, whose frames count from 0 to %3.</source>
        <translation>范围 %1-%2 与视频不符，视频的帧从 0 计到 %3。</translation>
    </message>
    <message>
        <source>The detection of %1 stopped because of an unexpected error. The details say what went wrong.</source>
        <translation>%1 的检测因意外错误而停止。原因见详细信息。</translation>
    </message>
    <message>
        <source>%1 is not a result folder. Name the folder that a detection wrote.</source>
        <translation>%1 不是结果文件夹。请指定检测写入的文件夹。</translation>
    </message>
    <message>
        <source>Judging %1 again stopped because of an unexpected error. The details say what went wrong.</source>
        <translation>对 %1 的重新判定因意外错误而停止。原因见详细信息。</translation>
    </message>
    <message>
        <source>The folder %1 cannot be written to. Choose another one or change its permissions.</source>
        <translation>无法写入文件夹 %1。请选择其他文件夹或更改其权限。</translation>
    </message>
    <message>
        <source>The disk of %1 has %2 MB free, but the result needs about %3 MB. Free some space or choose another folder.</source>
        <translation>%1 所在磁盘剩余 %2 MB，但结果约需 %3 MB。请腾出空间或选择其他文件夹。</translation>
    </message>
    <message>
        <source>%1 is a file. Choose a folder for the result.</source>
        <translation>%1 是文件。请选择存放结果的文件夹。</translation>
    </message>
    <message>
        <source>Another run is writing to %1. Wait for it or choose another folder.</source>
        <translation>另一次运行正在写入 %1。请等待其完成或选择其他文件夹。</translation>
    </message>
    <message>
        <source>The detection failed at frame %1. Try another device or model; the details say what went wrong.</source>
        <translation>检测在第 %1 帧失败。请尝试其他设备或模型；原因见详细信息。</translation>
    </message>
    <message>
        <source>The detection stopped near frame %1 because of an unexpected error. The details say what went wrong.</source>
        <translation>检测因意外错误在第 %1 帧附近停止。原因见详细信息。</translation>
    </message>
    <message>
        <source>No frame from %1 to %2 can be decoded. Copy the video again or choose another range.</source>
        <translation>第 %1 到第 %2 帧均无法解码。请重新复制视频或选择其他范围。</translation>
    </message>
    <message>
        <source>The media library folder %1 cannot be written to. Check its permissions or choose another folder in the settings.</source>
        <translation>无法写入媒体库文件夹 %1。请检查其权限，或在设置中选择其他文件夹。</translation>
    </message>
    <message>
        <source>The project was not deleted: %1 cannot be removed. Close the programs that use it and try again.</source>
        <translation>项目未删除：无法移除 %1。请关闭正在使用它的程序后重试。</translation>
    </message>
    <message>
        <source>%1 cannot be put back from %2. It is tried again at the next start.</source>
        <translation>无法将 %1 从 %2 放回原处。下次启动时会再次尝试。</translation>
    </message>
    <message>
        <source>The file %1 cannot be moved into the media library. Check that the library&apos;s folder may be written to.</source>
        <translation>无法将文件 %1 移入媒体库。请检查媒体库文件夹是否可写。</translation>
    </message>
    <message>
        <source>There is no file %1. Check the name or choose another file.</source>
        <translation>没有文件 %1。请检查名称或选择其他文件。</translation>
    </message>
    <message>
        <source>%1 is a folder. Choose a video file inside it.</source>
        <translation>%1 是文件夹。请选择其中的视频文件。</translation>
    </message>
    <message>
        <source>%1 is not an ordinary file. Choose a video file.</source>
        <translation>%1 不是普通文件。请选择视频文件。</translation>
    </message>
    <message>
        <source>You may not read the file %1. Ask its owner for permission.</source>
        <translation>您没有读取文件 %1 的权限。请向文件所有者申请权限。</translation>
    </message>
    <message>
        <source>The file %1 is empty (0 bytes). Copy it from the camera again.</source>
        <translation>文件 %1 为空（0 字节）。请从摄像机重新复制。</translation>
    </message>
    <message>
        <source>The video cannot be copied to %1. Check that the disk has room and may be written to.</source>
        <translation>无法将视频复制到 %1。请检查磁盘是否有空间以及是否可写。</translation>
    </message>
    <message>
        <source>The file %1 is cut off: its last %2 are missing. Copy it from the camera again.</source>
        <translation>文件 %1 不完整：末尾缺少 %2。请从摄像机重新复制。</translation>
    </message>
    <message>
        <source>There is not enough room for %1: it needs %2 and %3 has %4 free. Free some space or link the video instead.</source>
        <translation>%1 的空间不足：需要 %2，而 %3 剩余 %4。请腾出空间，或改为链接视频。</translation>
    </message>
    <message>
        <source>%1 changed while it was read. Wait until the recording or copying has ended, then try again.</source>
        <translation>%1 在读取期间发生了变化。请等待录制或复制结束后重试。</translation>
    </message>
    <message>
        <source>The linked video %1 is not there any more. Put it back or connect the drive it is on.</source>
        <translation>链接的视频 %1 已不在原处。请将其放回，或连接其所在的驱动器。</translation>
    </message>
    <message>
        <source>The video %1 is missing from the media library. Restore it from a backup or import the video again.</source>
        <translation>媒体库中缺少视频 %1。请从备份恢复，或重新导入视频。</translation>
    </message>
    <message>
        <source>The video %1 is not the one that was imported: it was changed afterwards. Import the new file as a new project.</source>
        <translation>视频 %1 不是当初导入的视频：它在导入后被更改。请将新文件作为新项目导入。</translation>
    </message>
    <message>
        <source>Another program is changing the media library %1. Wait a moment and try again.</source>
        <translation>另一个程序正在更改媒体库 %1。请稍后重试。</translation>
    </message>
    <message>
        <source>The project %1 has a detection that waits or runs. Cancel it, then delete the project.</source>
        <translation>项目 %1 有检测正在等待或运行。请先取消检测，再删除项目。</translation>
    </message>
    <message>
        <source>This result does not exist any more, or it is not yours. Refresh the page.</source>
        <translation>此结果已不存在，或不属于您。请刷新页面。</translation>
    </message>
    <message>
        <source>A reason may have %1 and a note %2 characters. Shorten it.</source>
        <translation>理由最多 %1 个字符，备注最多 %2 个字符。请缩短。</translation>
    </message>
    <message>
        <source>The result %1 cannot be read. Run the detection again.</source>
        <translation>无法读取结果 %1。请重新运行检测。</translation>
    </message>
    <message>
        <source>The project was deleted before its result was stored.</source>
        <translation>结果尚未保存，项目已被删除。</translation>
    </message>
    <message>
        <source>There is no project %1, or it is not yours. Refresh the list.</source>
        <translation>没有项目 %1，或它不属于您。请刷新列表。</translation>
    </message>
    <message>
        <source>Only an administrator may do this. Ask one to do it for you.</source>
        <translation>只有管理员可以执行此操作。请让管理员代为操作。</translation>
    </message>
    <message>
        <source>The project&apos;s name must have 1 to %1 characters.</source>
        <translation>项目名称须为 1 到 %1 个字符。</translation>
    </message>
    <message>
        <source>The project&apos;s description must have at most %1 characters.</source>
        <translation>项目说明最多 %1 个字符。</translation>
    </message>
    <message>
        <source>Your account does not exist any more. Sign in again.</source>
        <translation>您的账户已不存在。请重新登录。</translation>
    </message>
    <message>
        <source>The new owner does not exist any more. Choose another user.</source>
        <translation>新的所有者已不存在。请选择其他用户。</translation>
    </message>
    <message>
        <source>The project %1 has no video. Import it again.</source>
        <translation>项目 %1 没有视频。请重新导入。</translation>
    </message>
    <message>
        <source>Sample pour</source>
        <translation>示例浇筑</translation>
    </message>
    <message>
        <source>A rendered pour to try the program with.</source>
        <translation>一段模拟渲染的浇筑，用于试用本程序。</translation>
    </message>
    <message>
        <source>The folder %1 does not exist.</source>
        <translation>文件夹 %1 不存在。</translation>
    </message>
    <message>
        <source>%1 is not a result: its &quot;schema&quot; must be &quot;%2&quot;.</source>
        <translation>%1 不是结果：其 &quot;schema&quot; 必须为 &quot;%2&quot;。</translation>
    </message>
    <message>
        <source>The track file %1 is damaged; run the detection again.</source>
        <translation>轨迹文件 %1 已损坏；请重新运行检测。</translation>
    </message>
    <message>
        <source>The track points are not in the order of their frames.</source>
        <translation>轨迹点未按帧的顺序排列。</translation>
    </message>
    <message>
        <source>The track file %1 cannot be read: %2.</source>
        <translation>无法读取轨迹文件 %1：%2。</translation>
    </message>
    <message>
        <source>The track file %1 was written by a newer version of the program.</source>
        <translation>轨迹文件 %1 由更新版本的程序写入。</translation>
    </message>
    <message>
        <source>The file %1 could not be written. Check the folder&apos;s permissions and the free space.</source>
        <translation>无法写入文件 %1。请检查文件夹权限和剩余空间。</translation>
    </message>
    <message>
        <source>There is no scenario %1.</source>
        <translation>没有场景 %1。</translation>
    </message>
    <message>
        <source>A pour needs 64 to 7680 pixels a side, 1 to 240 frames a second and at most 7200 seconds.</source>
        <translation>浇筑画面的每边须为 64 到 7680 像素，帧率须为每秒 1 到 240 帧，时长最多 7200 秒。</translation>
    </message>
    <message>
        <source>The folder %1 cannot be made. Check its name and your permissions.</source>
        <translation>无法创建文件夹 %1。请检查其名称和您的权限。</translation>
    </message>
    <message>
        <source>Rendering into %1 failed.</source>
        <translation>渲染到 %1 失败。</translation>
    </message>
    <message>
        <source>The folder %1 holds no pictures (images/ and labels/ are expected).</source>
        <translation>文件夹 %1 中没有图片（应包含 images/ 和 labels/）。</translation>
    </message>
    <message>
        <source>The picture %1 could not be written. End its name in .png.</source>
        <translation>图片 %1 无法写入。文件名请以 .png 结尾。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; names no database file. Give a path like /home/me/cvd-mis.sqlite.</source>
        <translation>“%1”不是数据库文件。请给出类似 /home/me/cvd-mis.sqlite 的路径。</translation>
    </message>
    <message>
        <source>The database address %1 has an unknown value for tls. Write tls=on or tls=off.</source>
        <translation>数据库地址 %1 中 tls 的值无法识别。请写 tls=on 或 tls=off。</translation>
    </message>
    <message>
        <source>The database address %1 contains a password. Leave it out: it is asked for, or read from the keychain or from a password file.</source>
        <translation>数据库地址 %1 中包含密码。请去掉密码：程序会询问密码，或从钥匙串或密码文件中读取。</translation>
    </message>
    <message>
        <source>The database address &quot;%1&quot; is not complete. Write it as mysql://user@host:port/name.</source>
        <translation>数据库地址“%1”不完整。请写成 mysql://user@host:port/name。</translation>
    </message>
    <message>
        <source>Databases of the kind &quot;%1&quot; are not supported. Give a file, or mysql://user@host:port/name.</source>
        <translation>不支持“%1”类型的数据库。请给出文件，或 mysql://user@host:port/name。</translation>
    </message>
    <message>
        <source>The database %1 was made by a newer version of CVD-MIS and cannot be copied by this one. Update this program first.</source>
        <translation>数据库 %1 由更新版本的 CVD-MIS 创建，此版本无法复制。请先更新本程序。</translation>
    </message>
    <message>
        <source>The database %1 already holds data (table %2). Choose an empty one, or say that it may be replaced.</source>
        <translation>数据库 %1 中已有数据（表 %2）。请选择空数据库，或指明可以替换其内容。</translation>
    </message>
    <message>
        <source>Copying was cancelled. The database %1 is as it was.</source>
        <translation>复制已取消。数据库 %1 保持原样。</translation>
    </message>
    <message>
        <source>Row %1 of table %2 differs after copying to %3. Nothing was kept there.</source>
        <translation>表 %2 的第 %1 行复制到 %3 后内容不一致。目标中未保留任何数据。</translation>
    </message>
    <message>
        <source>Source and target are the same database %1. Choose another one.</source>
        <translation>源和目标是同一个数据库 %1。请另选一个。</translation>
    </message>
    <message>
        <source>The password file %1 cannot be read. Check its name and its rights.</source>
        <translation>无法读取密码文件 %1。请检查其名称和权限。</translation>
    </message>
    <message>
        <source>Other users of this computer can read the password file %1. Allow only yourself to read it (chmod 600).</source>
        <translation>此计算机的其他用户可以读取密码文件 %1。请设为仅您本人可读（chmod 600）。</translation>
    </message>
    <message>
        <source>This desktop has no keychain that answers. The password is not remembered; use a password file, or type it at each start.</source>
        <translation>此桌面没有可用的钥匙串，无法记住密码；请使用密码文件，或每次启动时输入。</translation>
    </message>
    <message>
        <source>No password was given for the database %1.</source>
        <translation>未给出数据库 %1 的密码。</translation>
    </message>
    <message>
        <source>The database %1 cannot be changed because it is read-only. Allow writing to the file and its folder, then try again.</source>
        <translation>数据库 %1 为只读，无法更改。请允许写入该文件及其文件夹，然后重试。</translation>
    </message>
    <message>
        <source>The disk that holds the database %1 is full. Nothing was changed; free some space and try again.</source>
        <translation>数据库 %1 所在的磁盘已满。未做任何更改；请腾出空间后重试。</translation>
    </message>
    <message>
        <source>The database %1 is being used by another program. Try again in a moment.</source>
        <translation>数据库 %1 正被其他程序使用。请稍后重试。</translation>
    </message>
    <message>
        <source>The database %1 is damaged. Restore it from a backup.</source>
        <translation>数据库 %1 已损坏。请从备份恢复。</translation>
    </message>
    <message>
        <source>%1 is not a database file. Choose another file.</source>
        <translation>%1 不是数据库文件。请选择其他文件。</translation>
    </message>
    <message>
        <source>The database %1 cannot be opened. Check that the folder exists and that you may write to it.</source>
        <translation>无法打开数据库 %1。请检查文件夹是否存在以及您是否有写入权限。</translation>
    </message>
    <message>
        <source>Reading or writing the database %1 failed. Check the disk.</source>
        <translation>读写数据库 %1 失败。请检查磁盘。</translation>
    </message>
    <message>
        <source>The database %1 cannot be used because its driver is not installed. On Debian install libqt6sql6-sqlite for files and libqt6sql6-mysql for servers.</source>
        <translation>数据库 %1 无法使用，因为未安装其驱动。在 Debian 上，使用文件请安装 libqt6sql6-sqlite，使用服务器请安装 libqt6sql6-mysql。</translation>
    </message>
    <message>
        <source>The database server refused the user name or password for %1. Check both.</source>
        <translation>数据库服务器拒绝了 %1 的用户名或密码。请检查两者。</translation>
    </message>
    <message>
        <source>The database user of %1 lacks a right that is needed. Ask the administrator of the server for all rights on this database.</source>
        <translation>%1 的数据库用户缺少所需权限。请让服务器管理员授予此数据库的全部权限。</translation>
    </message>
    <message>
        <source>The database %1 does not exist on the server. Create it there first.</source>
        <translation>服务器上不存在数据库 %1。请先在服务器上创建。</translation>
    </message>
    <message>
        <source>The database server of %1 cannot be reached. Check the host, the port and the network.</source>
        <translation>无法连接 %1 的数据库服务器。请检查主机、端口和网络。</translation>
    </message>
    <message>
        <source>No encrypted connection to %1 could be made. Set up TLS on the server, check the CA file, or switch TLS off by hand if the network is trusted.</source>
        <translation>无法与 %1 建立加密连接。请在服务器上配置 TLS，检查 CA 文件；若网络可信，也可手动关闭 TLS。</translation>
    </message>
    <message>
        <source>The connection to the database server of %1 was lost. What was not saved yet is not saved; try again when the server is back.</source>
        <translation>与 %1 的数据库服务器的连接已中断。尚未保存的内容没有保存；请在服务器恢复后重试。</translation>
    </message>
    <message>
        <source>The database %1 does not have the tables that this program expects. Check it with &quot;cvd-mis db status&quot;.</source>
        <translation>数据库 %1 中没有本程序所需的表。请用 &quot;cvd-mis db status&quot; 检查。</translation>
    </message>
    <message>
        <source>The database %1 already has an entry of this name.</source>
        <translation>数据库 %1 中已有同名条目。</translation>
    </message>
    <message>
        <source>The change does not fit to the other entries of the database %1, which may have been deleted meanwhile. Reload and try again.</source>
        <translation>此更改与数据库 %1 中的其他条目不符，那些条目可能已被删除。请重新加载后重试。</translation>
    </message>
    <message>
        <source>The database %1 was made by a newer version of CVD-MIS. Update this program to use it.</source>
        <translation>数据库 %1 由更新版本的 CVD-MIS 创建。请更新本程序后使用。</translation>
    </message>
    <message>
        <source>The tables of the database %1 are incomplete or belong to another program. Restore a backup or choose another database.</source>
        <translation>数据库 %1 的表不完整，或属于其他程序。请恢复备份或选择其他数据库。</translation>
    </message>
    <message>
        <source>The database %1 has not been brought up to date yet. Run &quot;cvd-mis db migrate&quot;.</source>
        <translation>数据库 %1 尚未升级到最新。请运行 &quot;cvd-mis db migrate&quot;。</translation>
    </message>
    <message>
        <source>The database %1 reported an error: %2</source>
        <translation>数据库 %1 报告错误：%2</translation>
    </message>
    <message>
        <source>Under-vibration</source>
        <translation>欠振</translation>
    </message>
    <message>
        <source>Over-vibration</source>
        <translation>过振</translation>
    </message>
    <message>
        <source>Missed area</source>
        <translation>漏振</translation>
    </message>
    <message>
        <source>Spacing too large</source>
        <translation>插点间距过大</translation>
    </message>
    <message>
        <source>Repeated vibration</source>
        <translation>重复振捣</translation>
    </message>
    <message>
        <source>Withdrawn too fast</source>
        <translation>拔棒过快</translation>
    </message>
    <message>
        <source>Slow insertion</source>
        <translation>插棒过慢</translation>
    </message>
    <message>
        <source>Dragging</source>
        <translation>拖棒</translation>
    </message>
    <message>
        <source>Moving concrete</source>
        <translation>振捣赶料</translation>
    </message>
    <message>
        <source>Tilted</source>
        <translation>振捣棒倾斜</translation>
    </message>
    <message>
        <source>Too near the form</source>
        <translation>距模板过近</translation>
    </message>
    <message>
        <source>Too far from the form</source>
        <translation>距模板过远</translation>
    </message>
    <message>
        <source>Shallow insertion</source>
        <translation>插入过浅</translation>
    </message>
    <message>
        <source>Layer too thick</source>
        <translation>分层过厚</translation>
    </message>
    <message>
        <source>Running in air</source>
        <translation>空振</translation>
    </message>
    <message>
        <source>No vibration</source>
        <translation>未振捣</translation>
    </message>
    <message>
        <source>Late revibration</source>
        <translation>复振过晚</translation>
    </message>
    <message>
        <source>Irregular order</source>
        <translation>顺序混乱</translation>
    </message>
    <message>
        <source>Violation</source>
        <translation>违规</translation>
    </message>
    <message>
        <source>Pass</source>
        <translation>合格</translation>
    </message>
    <message>
        <source>Cannot judge</source>
        <translation>无法判断</translation>
    </message>
    <message>
        <source>Minor</source>
        <translation>轻微</translation>
    </message>
    <message>
        <source>Major</source>
        <translation>较重</translation>
    </message>
    <message>
        <source>Critical</source>
        <translation>严重</translation>
    </message>
    <message>
        <source>Poker</source>
        <translation>振捣棒</translation>
    </message>
    <message>
        <source>Hoe</source>
        <translation>锄头</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>The checkpoint %1 cannot be written.</source>
        <translation>无法写入检查点 %1。</translation>
    </message>
    <message>
        <source>The checkpoint %1 does not exist.</source>
        <translation>检查点 %1 不存在。</translation>
    </message>
    <message>
        <source>%1 is not a checkpoint of this trainer.</source>
        <translation>%1 不是本训练程序的检查点。</translation>
    </message>
    <message>
        <source>The file %1 is not valid JSON.</source>
        <translation>文件 %1 不是有效的 JSON。</translation>
    </message>
    <message>
        <source>%1 and %2 are not ground truth and detections in COCO&apos;s format.</source>
        <translation>%1 和 %2 不是 COCO 格式的真值与检测结果。</translation>
    </message>
    <message>
        <source>The network file %1 cannot be written.</source>
        <translation>无法写入网络文件 %1。</translation>
    </message>
    <message>
        <source>Training was cancelled.</source>
        <translation>训练已取消。</translation>
    </message>
    <message>
        <source>The picture %1 cannot be written.</source>
        <translation>无法写入图片 %1。</translation>
    </message>
    <message>
        <source>The simulated picture with the seed %1 cannot be rendered.</source>
        <translation>无法渲染种子为 %1 的模拟图片。</translation>
    </message>
    <message>
        <source>The simulated pour %1 cannot be read.</source>
        <translation>无法读取模拟浇筑 %1。</translation>
    </message>
    <message>
        <source>The picture %1 cannot be read.</source>
        <translation>无法读取图片 %1。</translation>
    </message>
    <message>
        <source>The folder %1 cannot be created.</source>
        <translation>无法创建文件夹 %1。</translation>
    </message>
    <message>
        <source>The folder %1 holds no pictures.</source>
        <translation>文件夹 %1 中没有图片。</translation>
    </message>
    <message>
        <source>A training picture cannot be prepared.</source>
        <translation>无法准备某张训练图片。</translation>
    </message>
    <message>
        <source>The device %1 is not there.</source>
        <translation>没有设备 %1。</translation>
    </message>
    <message>
        <source>Training failed.</source>
        <translation>训练失败。</translation>
    </message>
    <message>
        <source>%1 cannot be written. Check the folder and the free space.</source>
        <translation>无法写入 %1。请检查文件夹和剩余空间。</translation>
    </message>
    <message>
        <source>%1 Try %2 --help.</source>
        <translation>%1 请试试 %2 --help。</translation>
    </message>
    <message>
        <source>An argument is missing. Try %1 --help.</source>
        <translation>缺少参数。请试试 %1 --help。</translation>
    </message>
    <message>
        <source>There is one argument too many: %1. Try %2 --help.</source>
        <translation>多了一个参数：%1。请试试 %2 --help。</translation>
    </message>
    <message>
        <source>There is no verb or option %1. Try cvd-mis --help.</source>
        <translation>没有动词或选项 %1。请试试 cvd-mis --help。</translation>
    </message>
    <message>
        <source>db copy needs --from URL and --to URL.</source>
        <translation>db copy 需要 --from URL 和 --to URL。</translation>
    </message>
    <message>
        <source>Source and target are the same database.</source>
        <translation>源和目标是同一个数据库。</translation>
    </message>
    <message>
        <source>--range must be two frame numbers such as 250-900, the smaller first, not %1.</source>
        <translation>--range 须为两个帧号，小的在前，例如 250-900，而不是 %1。</translation>
    </message>
    <message>
        <source>--device must be auto, cpu, cuda or cuda:N, not %1.</source>
        <translation>--device 须为 auto、cpu、cuda 或 cuda:N，而不是 %1。</translation>
    </message>
    <message>
        <source>Say with --out DIR where the results shall go.</source>
        <translation>请用 --out DIR 指定结果的存放位置。</translation>
    </message>
    <message>
        <source>There is no model in %1. Install or build the program again.</source>
        <translation>%1 中没有检测模型。请重新安装或编译本程序。</translation>
    </message>
    <message>
        <source>A project is given by its number from project list, not %1.</source>
        <translation>项目须用 project list 中的编号指定，而不是 %1。</translation>
    </message>
    <message>
        <source>The project %1 has no result yet. Run it first.</source>
        <translation>项目 %1 还没有结果。请先运行检测。</translation>
    </message>
    <message>
        <source>The sample video %1 is missing. Install or build the program again.</source>
        <translation>缺少示例视频 %1。请重新安装或编译本程序。</translation>
    </message>
    <message>
        <source>There is no scenario %1. Choose one of: %2.</source>
        <translation>没有场景 %1。请选择其中之一：%2。</translation>
    </message>
    <message>
        <source>--seed must be a whole number from 0 up, not %1.</source>
        <translation>--seed 须为不小于 0 的整数，而不是 %1。</translation>
    </message>
    <message>
        <source>--seconds must be a number from 1 to 7200, not %1.</source>
        <translation>--seconds 须为 1 到 7200 之间的数，而不是 %1。</translation>
    </message>
    <message>
        <source>The training program %1 cannot be started. Install or build the target cvd-train.</source>
        <translation>无法启动训练程序 %1。请安装或编译目标 cvd-train。</translation>
    </message>
    <message>
        <source>Use train, or train export, not train %1.</source>
        <translation>请使用 train 或 train export，而不是 train %1。</translation>
    </message>
    <message>
        <source>--ground-truth and --detections belong together.</source>
        <translation>--ground-truth 和 --detections 必须同时使用。</translation>
    </message>
    <message>
        <source>Say what to measure: --simulated, --data DIR, --silence DIR, or --ground-truth and --detections.</source>
        <translation>请指定评测内容：--simulated、--data DIR、--silence DIR，或 --ground-truth 和 --detections。</translation>
    </message>
    <message>
        <source>A role is normal or administrator, not %1.</source>
        <translation>角色须为 normal 或 administrator，而不是 %1。</translation>
    </message>
    <message>
        <source>There is no user %1.</source>
        <translation>没有用户 %1。</translation>
    </message>
    <message>
        <source>Use user list, or user create, role, reset-password or delete with a name.</source>
        <translation>请使用 user list，或带名称的 user create、role、reset-password、delete。</translation>
    </message>
    <message>
        <source>There is no terminal to ask for a password. Give --%1 FILE.</source>
        <translation>没有可用于询问密码的终端。请给出 --%1 FILE。</translation>
    </message>
    <message>
        <source>The password file %1 cannot be read.</source>
        <translation>无法读取密码文件 %1。</translation>
    </message>
    <message>
        <source>Say with --as NAME who you are.</source>
        <translation>请用 --as NAME 说明您的身份。</translation>
    </message>
    <message>
        <source>Left out as not in the pour region: %1 insertions or touches.</source>
        <translation>不在浇筑区域内，未计入：%1 次插棒或触碰。</translation>
    </message>
    <message>
        <source>The network knows %1 classes, and nothing says which they are. Name them in a manifest, or with --classes in the network&apos;s order.</source>
        <translation>该网络有 %1 个类别，但没有说明它们是什么。请在清单中写明，或用 --classes 按网络的顺序给出。</translation>
    </message>
    <message>
        <source>None of the network&apos;s classes is vibrator, hoe or person. Map them in a manifest&apos;s class_map.</source>
        <translation>该网络的类别中没有 vibrator、hoe 或 person。请在清单的 class_map 中建立对应关系。</translation>
    </message>
    <message>
        <source>%1 is a TorchScript network, but not a detector that is known here: for a picture of %2 x %3 pixels it returns %4.</source>
        <translation>%1 是 TorchScript 网络，但不是本程序认识的检测器：对 %2 x %3 像素的图像它返回 %4。</translation>
    </message>
    <message>
        <source>The network %1 cannot process a picture: it fails on every usual size. Give a manifest with its input size.</source>
        <translation>网络 %1 无法处理图像：所有常用尺寸都失败。请提供写明输入尺寸的清单。</translation>
    </message>
    <message>
        <source>The second network of %1 returns %2, which is not what its manifest (form %3) promises.</source>
        <translation>%1 的第二个网络返回 %2，与其清单（形式 %3）所述不符。</translation>
    </message>
    <message>
        <source>The model could not be copied into %1. Check the folder&apos;s permissions and the free space.</source>
        <translation>模型无法复制到 %1。请检查文件夹权限和剩余空间。</translation>
    </message>
    <message>
        <source>The model file %1 cannot be read.</source>
        <translation>模型文件 %1 无法读取。</translation>
    </message>
    <message>
        <source>A model&apos;s name has 1 to 50 letters, digits, dots, dashes and blanks, and begins with a letter or digit: not %1. Give --name.</source>
        <translation>模型名称由 1 到 50 个字母、数字、点、横线和空格组成，并以字母或数字开头，不能是 %1。请用 --name 指定。</translation>
    </message>
    <message>
        <source>There is no model named %1 here. model list shows them.</source>
        <translation>这里没有名为 %1 的模型。用 model list 查看。</translation>
    </message>
    <message>
        <source>There is a model named %1 already. Remove it first, or give another name.</source>
        <translation>已有名为 %1 的模型。请先移除它，或换一个名称。</translation>
    </message>
    <message>
        <source>A detection with the model %1 is queued or running. Wait for it or cancel it first.</source>
        <translation>使用模型 %1 的检测正在排队或运行。请等待其完成或先取消。</translation>
    </message>
    <message>
        <source>The model %1 came with the program and cannot be removed.</source>
        <translation>模型 %1 随程序提供，不能移除。</translation>
    </message>
    <message>
        <source>The model folder %1 cannot be removed. Check its permissions.</source>
        <translation>模型文件夹 %1 无法移除。请检查其权限。</translation>
    </message>
    <message>
        <source>There is no database yet that could remember a default model. Start the program once.</source>
        <translation>还没有可以记住默认模型的数据库。请先启动一次程序。</translation>
    </message>
    <message>
        <source>The model %1 cannot be used: it crashes when it is run.</source>
        <translation>模型 %1 无法使用：运行时崩溃。</translation>
    </message>
    <message>
        <source>The model %1 cannot be used: trying it ended in mid-run.</source>
        <translation>模型 %1 无法使用：试运行中途终止。</translation>
    </message>
    <message>
        <source>The program %1 cannot be started. Install it again.</source>
        <translation>程序 %1 无法启动。请重新安装。</translation>
    </message>
    <message>
        <source>The model %1 cannot be used: it gave no answer within %2 seconds.</source>
        <translation>模型 %1 无法使用：%2 秒内没有响应。</translation>
    </message>
    <message>
        <source>The training log %1 holds no figures.</source>
        <translation>训练日志 %1 中没有数据。</translation>
    </message>
    <message>
        <source>The networks to compare with cannot be run.</source>
        <translation>无法运行用于比较的网络。</translation>
    </message>
    <message>
        <source>Training needs at least one picture a step, and pictures whose sides are multiples of 32 pixels.</source>
        <translation>训练每一步至少需要一张图片，且图片边长须为 32 像素的倍数。</translation>
    </message>
    <message>
        <source>The outline of obstacle %1 crosses itself; draw it again.</source>
        <translation>障碍物 %1 的轮廓自相交；请重新绘制。</translation>
    </message>
    <message>
        <source>Obstacle %1 has no area; draw it again.</source>
        <translation>障碍物 %1 没有面积；请重新绘制。</translation>
    </message>
    <message>
        <source>The mark is %1 m from the tip; it must be between 0.05 and 10 m.</source>
        <translation>标记距棒尖 %1 m；应在 0.05 至 10 m 之间。</translation>
    </message>
    <message>
        <source>The layer is %1 m thick; it must be between 0.02 and 5 m. Check that it is in metres.</source>
        <translation>浇筑层厚 %1 m；应在 0.02 至 5 m 之间。请检查单位是否为米。</translation>
    </message>
    <message>
        <source>The concrete was placed %1 s before the video begins; it must be between 0 s and a week.</source>
        <translation>混凝土在视频开始前 %1 s 浇筑；应在 0 s 至一周之间。</translation>
    </message>
    <message>
        <source>The file %1 could not be written. Choose another folder or free some space.</source>
        <translation>无法写入文件 %1。请另选文件夹或腾出空间。</translation>
    </message>
    <message>
        <source>The database %1 is not one of the original system: it lacks the tables user, login_data and project, or their columns.</source>
        <translation>数据库 %1 不是原系统的：缺少 user、login_data、project 表或其中的列。</translation>
    </message>
    <message>
        <source>The database %1 is one of this program, not the original system&apos;s. Copy it with db copy.</source>
        <translation>数据库 %1 属于本程序，不是原系统的。请用 db copy 复制。</translation>
    </message>
    <message>
        <source>The media folder %1 of the original system is not there.</source>
        <translation>原系统的媒体文件夹 %1 不存在。</translation>
    </message>
    <message>
        <source>Cancelled. What was taken over stays; run it again to go on.</source>
        <translation>已取消。已接管的内容会保留；再次运行即可继续。</translation>
    </message>
    <message>
        <source>The project %1 belongs to nobody.</source>
        <translation>项目 %1 没有所属用户。</translation>
    </message>
    <message>
        <source>The video %1 is not in the media folder %2.</source>
        <translation>视频 %1 不在媒体文件夹 %2 中。</translation>
    </message>
    <message>
        <source>db import-original needs --from URL and --media DIR.</source>
        <translation>db import-original 需要 --from URL 和 --media DIR。</translation>
    </message>
    <message>
        <source>db knows status, migrate, copy and import-original, not %1.</source>
        <translation>db 有 status、migrate、copy 和 import-original，没有 %1。</translation>
    </message>
    <message>
        <source>Use model list, or model check or import with a file, or model remove or default with a name.</source>
        <translation>请使用 model list，或 model check、import 加文件，或 model remove、default 加名称。</translation>
    </message>
    <message>
        <source>Thinner layers are exempt from the tilt</source>
        <translation>薄于此层厚时不判倾斜</translation>
    </message>
    <message>
        <source>Largest difference in direction between leaning neighbours</source>
        <translation>相邻倾斜插点的最大方向差</translation>
    </message>
    <message>
        <source>Longest way in one direction in concrete</source>
        <translation>在混凝土中沿一个方向的最长距离</translation>
    </message>
    <message>
        <source>Longest time out of the concrete</source>
        <translation>离开混凝土的最长时间</translation>
    </message>
    <message>
        <source>Longest pause between two insertions</source>
        <translation>两次插入之间的最长停顿</translation>
    </message>
    <message>
        <source>A move farther than this may be a leap, in radii of action</source>
        <translation>移动超过此距离视为跳跃（以作用半径计）</translation>
    </message>
    <message>
        <source>Largest share of leaps in the order of work</source>
        <translation>振捣顺序中跳跃移动的最大比例</translation>
    </message>
    <message>
        <source>The poker was out of the concrete for %1 s; whether it was running, which is allowed for %2 s, cannot be seen.</source>
        <translation>振捣棒离开混凝土 %1 s；是否空振（允许 %2 s）无法从画面看出。</translation>
    </message>
    <message>
        <source>No poker was seen out of the concrete for more than %1 s.</source>
        <translation>未见振捣棒离开混凝土超过 %1 s。</translation>
    </message>
    <message>
        <source>Nobody vibrated for %1 s between two insertions; up to %2 s are allowed.</source>
        <translation>两次插入之间停振 %1 s，最多允许 %2 s。</translation>
    </message>
    <message>
        <source>No insertion was seen for %1 s, longer than %2 s; whether concrete was being placed meanwhile cannot be told.</source>
        <translation>%1 s 内未见插入，超过 %2 s；其间是否在浇筑无法判断。</translation>
    </message>
    <message>
        <source>No pause between two insertions was longer than %1 s.</source>
        <translation>两次插入之间的停顿均不超过 %1 s。</translation>
    </message>
    <message>
        <source>How deep the tip went cannot be seen without the length of the rod or a mark on the hose in the calibration.</source>
        <translation>标定中未填写棒长或软管标记，无法看出棒端插入多深。</translation>
    </message>
    <message>
        <source>The thickness of the layer was not entered in the calibration, so nothing is known of the layer below.</source>
        <translation>标定中未填写层厚，无法得知是否插入下层。</translation>
    </message>
    <message>
        <source>How deep the poker went was not seen well enough.</source>
        <translation>插入深度未能看清。</translation>
    </message>
    <message>
        <source>The tip went %1 m deep; %2 m are required to reach %3 m into the layer below.</source>
        <translation>棒端插入 %1 m；插入下层 %3 m 需要 %2 m。</translation>
    </message>
    <message>
        <source>The tip seems to have gone %1 m deep; that is too uncertain to hold against the required %2 m.</source>
        <translation>棒端似插入 %1 m，误差较大，不足以对照所需的 %2 m 作出判定。</translation>
    </message>
    <message>
        <source>The tip went only %1 m deep; %2 m are required to reach %3 m into the layer below.</source>
        <translation>棒端仅插入 %1 m；插入下层 %3 m 需要 %2 m。</translation>
    </message>
    <message>
        <source>The thickness of the layer was not entered in the calibration.</source>
        <translation>标定中未填写层厚。</translation>
    </message>
    <message>
        <source>The length of the rod was not entered in the calibration.</source>
        <translation>标定中未填写棒长。</translation>
    </message>
    <message>
        <source>The layer is %1 m thick; up to %2 m are allowed.</source>
        <translation>层厚 %1 m，最多允许 %2 m。</translation>
    </message>
    <message>
        <source>The layer is %1 m thick, more than the %2 m allowed.</source>
        <translation>层厚 %1 m，超过允许的 %2 m。</translation>
    </message>
    <message>
        <source>The poker went %1 m in one direction through the concrete; up to %2 m are not held to be moving it.</source>
        <translation>振捣棒在混凝土中沿一个方向移动了 %1 m；不超过 %2 m 不视为赶料。</translation>
    </message>
    <message>
        <source>The poker was pulled %1 m in one direction, farther than %2 m: concrete was moved with it.</source>
        <translation>振捣棒沿一个方向拖动 %1 m，超过 %2 m：以振捣赶料。</translation>
    </message>
    <message>
        <source>The crew worked from neighbour to neighbour: %1 % of its moves leapt over untreated places, up to %2 % are tolerated.</source>
        <translation>振捣按相邻顺序进行：%1 % 的移动越过了未振捣处，允许不超过 %2 %。</translation>
    </message>
    <message>
        <source>The crew worked in no order: %1 % of its moves leapt over untreated places, up to %2 % are tolerated.</source>
        <translation>振捣顺序混乱：%1 % 的移动越过了未振捣处，允许不超过 %2 %。</translation>
    </message>
    <message>
        <source>Too few insertions of one crew to speak of an order.</source>
        <translation>同一班组的插入次数太少，谈不上顺序。</translation>
    </message>
    <message>
        <source>The concrete of insertion %3 was vibrated again when it was %1 minutes old; up to %2 minutes are allowed.</source>
        <translation>插点 %3 处的混凝土在浇筑后 %1 分钟时复振，最多允许 %2 分钟。</translation>
    </message>
    <message>
        <source>The concrete of insertion %3 was vibrated again at least %1 minutes after it was placed; its age was not entered, so the limit of %2 minutes cannot be checked.</source>
        <translation>插点 %3 处的混凝土在浇筑后至少 %1 分钟时复振；未填写混凝土龄期，无法核对 %2 分钟的限值。</translation>
    </message>
    <message>
        <source>How far the poker leaned was not seen well enough.</source>
        <translation>振捣棒的倾斜程度未能看清。</translation>
    </message>
    <message>
        <source>The poker leaned by %1 degrees; up to %2 degrees are allowed.</source>
        <translation>振捣棒倾斜 %1 度，最多允许 %2 度。</translation>
    </message>
    <message>
        <source>The poker leaned by %1 degrees, more than the %2 degrees allowed.</source>
        <translation>振捣棒倾斜 %1 度，超过允许的 %2 度。</translation>
    </message>
    <message>
        <source>The poker leaned in a direction that differs by %1 degrees from insertion %3 beside it; up to %2 degrees are allowed.</source>
        <translation>振捣棒的倾斜方向与旁边的插点 %3 相差 %1 度，最多允许 %2 度。</translation>
    </message>
    <message>
        <source>Without the length of the rod in the calibration no speed along it is known.</source>
        <translation>标定中未填写棒长，无法得知沿棒方向的速度。</translation>
    </message>
    <message>
        <source>The withdrawal of the poker was not seen well enough.</source>
        <translation>拔棒过程未能看清。</translation>
    </message>
    <message>
        <source>The poker was withdrawn at %1 mm/s; at most %2 mm/s are allowed.</source>
        <translation>拔棒速度为 %1 mm/s，最多允许 %2 mm/s。</translation>
    </message>
    <message>
        <source>The poker was withdrawn at %1 mm/s, faster than the %2 mm/s allowed.</source>
        <translation>拔棒速度为 %1 mm/s，超过允许的 %2 mm/s。</translation>
    </message>
    <message>
        <source>How the poker went in was not seen well enough.</source>
        <translation>插棒过程未能看清。</translation>
    </message>
    <message>
        <source>The poker was at depth after %1 s; up to %2 s are allowed.</source>
        <translation>插入用时 %1 s，最多允许 %2 s。</translation>
    </message>
    <message>
        <source>The poker took %1 s to reach its depth, longer than the %2 s allowed.</source>
        <translation>插入用时 %1 s，超过允许的 %2 s。</translation>
    </message>
    <message>
        <source>The calibration was made in a picture of %1 pixels; this video has %2, another shape. Calibrate this video by itself.</source>
        <translation>该标定在 %1 像素的画面中完成；本视频为 %2，画面比例不同。请为本视频单独标定。</translation>
    </message>
    <message>
        <source>The calibration&apos;s points lie far outside of the picture of %1 pixels; it was made for another video.</source>
        <translation>标定点远在 %1 像素的画面之外；该标定属于另一段视频。</translation>
    </message>
    <message>
        <source>A camera and a calibration need names of 1 to %1 characters.</source>
        <translation>摄像机和标定的名称需为 1 至 %1 个字符。</translation>
    </message>
    <message>
        <source>The distances of point %1 do not fit together: with points 1 and 2 they make no triangle. Measure them again.</source>
        <translation>点 %1 的距离互相矛盾：与点 1、点 2 不能构成三角形。请重新测量。</translation>
    </message>
    <message>
        <source>%1 m</source>
        <translation>%1 m</translation>
    </message>
    <message>
        <source>next</source>
        <translation>下一点</translation>
    </message>
    <message>
        <source>treated so far %1 %</source>
        <translation>目前已振 %1 %</translation>
    </message>
    <message>
        <source>still to do</source>
        <translation>待振</translation>
    </message>
    <message>
        <source>treated %1 %</source>
        <translation>已振 %1 %</translation>
    </message>
    <message>
        <source>missed %1 %</source>
        <translation>漏振 %1 %</translation>
    </message>
    <message>
        <source>not observed %1 %</source>
        <translation>未观测 %1 %</translation>
    </message>
    <message>
        <source>seconds of vibration within R</source>
        <translation>半径 R 内的振捣秒数</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>There is no profile &quot;%1&quot; any more. Refresh the list.</source>
        <translation>规则方案“%1”已不存在。请刷新列表。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is a shipped profile and stays as it is. Duplicate it and change the copy.</source>
        <translation>“%1”是随附的规则方案，不能更改。请复制后修改副本。</translation>
    </message>
    <message>
        <source>The profile file %1 does not bear its id as its name; import it instead.</source>
        <translation>规则方案文件 %1 的文件名与其标识不符；请改用导入。</translation>
    </message>
    <message>
        <source>%1 % of the pour region seems not to be vibrated, up to %2 % are allowed, but the places of the insertions are known to %3 m only.</source>
        <translation>浇筑区域似有 %1 % 未振捣，最多允许 %2 %，但插点位置只精确到 %3 m。</translation>
    </message>
    <message>
        <source>The poker was out of sight for %3 s of the %1 s that it seems to have stood still; at most %2 s are allowed.</source>
        <translation>振捣棒似静止 %1 s，其中 %3 s 不在视线内；最多允许 %2 s。</translation>
    </message>
    <message>
        <source>The poker was seen too poorly to hold %1 %3 against a limit of %2 %3.</source>
        <translation>振捣棒看得不够清楚，无法以 %1 %3 与限值 %2 %3 相比较。</translation>
    </message>
    <message>
        <source>%1 %3 was measured, the limit is %2 %3: the difference is within the error of measuring, %4 %3.</source>
        <translation>测得 %1 %3，限值为 %2 %3：差值在测量误差 %4 %3 之内。</translation>
    </message>
    <message>
        <source>Its neighbour, insertion %3, is %1 m away; at most %2 m are allowed.</source>
        <translation>相邻插点 %3 相距 %1 m；最多允许 %2 m。</translation>
    </message>
    <message>
        <source>Its neighbour, insertion %3, is %1 m away, more than %2 m, but the place between them was not seen all the time.</source>
        <translation>相邻插点 %3 相距 %1 m，超过 %2 m，但两点之间并非始终可见。</translation>
    </message>
    <message>
        <source>Its neighbour, insertion %3, is %1 m away, farther than the %2 m allowed.</source>
        <translation>相邻插点 %3 相距 %1 m，超过允许的 %2 m。</translation>
    </message>
    <message>
        <source>The poker was out of sight for %3 s of the %1 s that it seems to have stood still; at least %2 s are required.</source>
        <translation>振捣棒似静止 %1 s，其中 %3 s 不在视线内；至少需要 %2 s。</translation>
    </message>
    <message>
        <source>The picture jumps at %1 s: the video is edited or the camera was moved. The calibration is used only while the first view is shown.</source>
        <translation>画面在 %1 秒处跳变：视频经过剪辑或摄像机被移动。标定仅在显示最初画面时使用。</translation>
    </message>
    <message>
        <source>The camera moved at about %1 s, by %2 pixels. Places are corrected for it; check them against the calibration.</source>
        <translation>摄像机在约 %1 秒处移动了 %2 像素。位置已据此修正，请对照标定核对。</translation>
    </message>
    <message>
        <source>There is no video to cut pictures and clips from. Name it with --video, or put it back where the project expects it.</source>
        <translation>没有可供截取图片和片段的视频。请用 --video 指定，或把它放回项目原来的位置。</translation>
    </message>
    <message>
        <source>%1 is not an evidence package of this program, or it is damaged.</source>
        <translation>%1 不是本程序的证据包，或者已损坏。</translation>
    </message>
    <message>
        <source>The video is not at hand, so there are no pictures and no clips.</source>
        <translation>视频不在，因此没有图片和片段。</translation>
    </message>
    <message>
        <source>Pictures and clips come from result.mp4, whose overlays are burnt in already.</source>
        <translation>图片和片段取自 result.mp4，其中的标注已烧录在画面里。</translation>
    </message>
    <message>
        <source>The file %1 cannot be read.</source>
        <translation>无法读取文件 %1。</translation>
    </message>
    <message>
        <source>The result folder %1 is empty or gone.</source>
        <translation>结果文件夹 %1 是空的或已不存在。</translation>
    </message>
    <message>
        <source>%1 pictures are missing, because their frames are damaged.</source>
        <translation>缺少 %1 张图片，因为对应的帧已损坏。</translation>
    </message>
    <message>
        <source>Choose at least one thing to export.</source>
        <translation>请至少选择一项要导出的内容。</translation>
    </message>
    <message>
        <source>It is not a poker</source>
        <translation>不是振捣棒</translation>
    </message>
    <message>
        <source>The box or point is off</source>
        <translation>框或点的位置不对</translation>
    </message>
    <message>
        <source>Hidden, cannot be told from the picture</source>
        <translation>被遮挡，从画面上无法判断</translation>
    </message>
    <message>
        <source>Counted twice</source>
        <translation>重复计数</translation>
    </message>
    <message>
        <source>The limit does not apply here</source>
        <translation>此处不适用该限值</translation>
    </message>
    <message>
        <source>There is no format %1. Choose from files, pdf, xlsx, csv, json, clips, video and zip.</source>
        <translation>没有格式 %1。可选：files、pdf、xlsx、csv、json、clips、video 和 zip。</translation>
    </message>
    <message>
        <source>A report is written in en or zh, not in %1.</source>
        <translation>报告的语言只能是 en 或 zh，不能是 %1。</translation>
    </message>
    <message>
        <source>--verdicts is all or confirmed, not %1.</source>
        <translation>--verdicts 只能是 all 或 confirmed，不能是 %1。</translation>
    </message>
    <message>
        <source>--lead is seconds from 0 to 60, not %1.</source>
        <translation>--lead 应为 0 到 60 秒，不能是 %1。</translation>
    </message>
    <message>
        <source>--pour-date is a day like 2026-03-31, not %1.</source>
        <translation>--pour-date 应为日期，例如 2026-03-31，不能是 %1。</translation>
    </message>
    <message>
        <source>%1 was changed after it was made; do not rely on it.</source>
        <translation>%1 在生成后被改动过，不能作为依据。</translation>
    </message>
    <message>
        <source>Use report NUMBER --out DIR, report DIR --out DIR, or report verify FILE.zip.</source>
        <translation>请使用 report NUMBER --out DIR、report DIR --out DIR 或 report verify FILE.zip。</translation>
    </message>
    <message>
        <source>A correction by hand cannot be read. The details say why.</source>
        <translation>无法读取一条人工更正。详情中说明了原因。</translation>
    </message>
    <message>
        <source>The interval lies outside of the video. Choose other frames.</source>
        <translation>该区间超出视频范围。请选择其他帧。</translation>
    </message>
    <message>
        <source>The end must come after the start. Choose another frame.</source>
        <translation>结束必须晚于开始。请选择另一帧。</translation>
    </message>
    <message>
        <source>This frame is not in the video.</source>
        <translation>视频中没有这一帧。</translation>
    </message>
    <message>
        <source>A box needs a width and a height. Draw it larger.</source>
        <translation>框必须有宽度和高度。请画大一些。</translation>
    </message>
    <message>
        <source>Choose what is to be removed first.</source>
        <translation>请先选择要移除的对象。</translation>
    </message>
    <message>
        <source>Choose an insertion first.</source>
        <translation>请先选择一次插棒。</translation>
    </message>
    <message>
        <source>There is no rule with the name %1.</source>
        <translation>没有名为 %1 的规则。</translation>
    </message>
    <message>
        <source>Entered by hand by %1.</source>
        <translation>由 %1 人工录入。</translation>
    </message>
    <message>
        <source>Entered by hand by %1: %2</source>
        <translation>由 %1 人工录入：%2</translation>
    </message>
    <message>
        <source>Somebody else has corrected this result in the meantime. It is shown as it is now; make your correction again.</source>
        <translation>在此期间已有他人更正了此结果。现显示的是最新内容，请重新进行您的更正。</translation>
    </message>
    <message>
        <source>This correction belongs to another result.</source>
        <translation>该更正属于另一个结果。</translation>
    </message>
    <message>
        <source>Nothing was put right in the pictures of %1. Correct boxes or points by hand in the review first.</source>
        <translation>%1 的画面中没有任何更正。请先在审查中人工更正框或点。</translation>
    </message>
    <message>
        <source>The annotations %1 cannot be read. Export them again.</source>
        <translation>无法读取标注 %1。请重新导出。</translation>
    </message>
    <message>
        <source>Name the folder with --out.</source>
        <translation>请用 --out 指定文件夹。</translation>
    </message>
    <message>
        <source>Use project list, or project show, run, delete or annotations with a number, or project create with a video.</source>
        <translation>请使用 project list，或带编号的 project show、run、delete、annotations，或带视频的 project create。</translation>
    </message>
    <message>
        <source>There is no profile &quot;%1&quot;. profile list shows them; a file is taken, too.</source>
        <translation>没有规则方案“%1”。用 profile list 查看全部；也可以给出文件。</translation>
    </message>
    <message>
        <source>%1 frames could not be decoded and were left out; the first is frame %2.</source>
        <translation>有 %1 帧无法解码，已略去；第一个是第 %2 帧。</translation>
    </message>
    <message>
        <source>%1 weak detections without a track were left out to bound memory.</source>
        <translation>为限制内存占用，略去了 %1 个不属于任何轨迹的弱检测。</translation>
    </message>
    <message>
        <source>A detection with the profile %1 is queued or running. Wait for it or cancel it first.</source>
        <translation>使用规则方案 %1 的检测正在排队或运行。请等待其结束或先取消。</translation>
    </message>
    <message>
        <source>The profile %1 is the default of new runs. Choose another default first.</source>
        <translation>规则方案 %1 是新检测的默认方案。请先选择另一个默认方案。</translation>
    </message>
    <message>
        <source>Use profile list, profile show NAME, profile check FILE, profile import FILE, profile export NAME FILE or profile remove NAME.</source>
        <translation>用法：profile list、profile show 名称、profile check 文件、profile import 文件、profile export 名称 文件 或 profile remove 名称。</translation>
    </message>
    <message>
        <source>%1 cannot be reached. Check the path and your permissions.</source>
        <translation>无法访问 %1。请检查路径和权限。</translation>
    </message>
    <message>
        <source>The file %1 does not exist. Check the path.</source>
        <translation>文件 %1 不存在。请检查路径。</translation>
    </message>
    <message>
        <source>%1 is a folder. Name a file in it.</source>
        <translation>%1 是文件夹。请指定其中的文件。</translation>
    </message>
    <message>
        <source>%1 is not a regular file. Name a file.</source>
        <translation>%1 不是普通文件。请指定一个文件。</translation>
    </message>
    <message>
        <source>The file %1 cannot be opened. Check that you may read it.</source>
        <translation>文件 %1 无法打开。请检查是否有读取权限。</translation>
    </message>
    <message>
        <source>%1 has %2 MB, far too much for such a file. Name the right one.</source>
        <translation>%1 有 %2 MB，对这类文件来说过大。请指定正确的文件。</translation>
    </message>
    <message>
        <source>%1 does not end. Name the right file.</source>
        <translation>%1 没有结尾。请指定正确的文件。</translation>
    </message>
    <message>
        <source>A calibration point is not a number or far too large; enter its position again.</source>
        <translation>某个标定点不是数字或数值过大；请重新输入其位置。</translation>
    </message>
    <message>
        <source>A corner of the pour region is not a number or far too large; draw it again.</source>
        <translation>浇筑区域的某个角点不是数字或数值过大；请重新绘制。</translation>
    </message>
    <message>
        <source>Form line %1 needs at least two points with positions in metres; draw it again.</source>
        <translation>模板线 %1 至少需要两个以米为单位的点；请重新绘制。</translation>
    </message>
    <message>
        <source>Obstacle %1 needs at least three corners with positions in metres; draw it again.</source>
        <translation>障碍物 %1 至少需要三个以米为单位的角点；请重新绘制。</translation>
    </message>
    <message>
        <source>Profile &quot;%1&quot;: a name or version has more than %2 characters, or characters that cannot be seen.</source>
        <translation>规则配置“%1”：名称或版本超过 %2 个字符，或含有不可见字符。</translation>
    </message>
    <message>
        <source>%1 bytes are missing at the end of the video file; what they held was not judged.</source>
        <translation>视频文件末尾缺少 %1 字节，其中的内容未作判定。</translation>
    </message>
    <message>
        <source>%1 is not a result folder: its summary.json cannot be read. Name the folder that a detection wrote.</source>
        <translation>%1 不是结果文件夹：其中的 summary.json 无法读取。请指定检测写入的文件夹。</translation>
    </message>
    <message>
        <source>--%1 is given twice. Try %2 --help.</source>
        <translation>--%1 给出了两次。请用 %2 --help 查看帮助。</translation>
    </message>
    <message>
        <source>--%1 has no value. Try %2 --help.</source>
        <translation>--%1 没有值。请用 %2 --help 查看帮助。</translation>
    </message>
    <message>
        <source>An argument is empty. Try %1 --help.</source>
        <translation>有一个参数为空。请用 %1 --help 查看帮助。</translation>
    </message>
    <message>
        <source>The argument %1 is not UTF-8 text. Rename the file, or use a UTF-8 locale.</source>
        <translation>参数 %1 不是 UTF-8 文本。请重命名文件，或使用 UTF-8 区域设置。</translation>
    </message>
    <message>
        <source>The sound of %1 cannot be decoded.</source>
        <translation>无法解码 %1 的声音。</translation>
    </message>
    <message>
        <source>%1 has no sound.</source>
        <translation>%1 没有声音。</translation>
    </message>
    <message>
        <source>Chinese railway practice (TB 10424-2018)</source>
        <translation>中国铁路工程惯例（TB 10424-2018）</translation>
    </message>
    <message>
        <source>Project specification of San Joaquin County, citing ACI 309 Table 5.1.4</source>
        <translation>美国圣华金县项目技术规程，引用 ACI 309 表 5.1.4</translation>
    </message>
    <message>
        <source>Japanese site-supervisor glossary, which does not name JSCE</source>
        <translation>日本施工管理术语集（未提及土木学会示方书）</translation>
    </message>
    <message>
        <source>Contractor&apos;s text on bridge decks (standard not named there)</source>
        <translation>施工单位的桥面施工资料（其中未注明标准）</translation>
    </message>
    <message>
        <source>Japanese building examination page, which does not name JASS 5</source>
        <translation>日本建筑施工考试网页（未提及 JASS 5）</translation>
    </message>
    <message>
        <source>Summary of DL/T 5144-2015</source>
        <translation>DL/T 5144-2015 的摘要</translation>
    </message>
    <message>
        <source>Japanese civil engineering page on placing</source>
        <translation>日本土木工程网页（浇筑部分）</translation>
    </message>
    <message>
        <source>GB 50666-2011: no contact with the form</source>
        <translation>GB 50666-2011：不得触碰模板</translation>
    </message>
    <message>
        <source>DL/T 5144-2015: no contact with the form</source>
        <translation>DL/T 5144-2015：不得触碰模板</translation>
    </message>
    <message>
        <source>The detection has ended, but the database %1 could not store it: its disk is full or it cannot be reached. What was found is kept; mend that, then start the program again.</source>
        <translation>检测已结束，但数据库 %1 未能保存结果：其所在磁盘已满，或无法连接。检测结果已保留；请排除故障后重新启动程序。</translation>
    </message>
    <message>
        <source>For %1 s, first at %2 s, the camera moved and could not be followed. What was measured then is not judged.</source>
        <translation>有 %1 s（最早在 %2 s 处）摄像机移动且无法跟踪其运动，其间测得的内容不作判定。</translation>
    </message>
    <message>
        <source>A training either resumes or starts from a model, not both.</source>
        <translation>训练只能继续上次进度或从某个模型开始，不能同时进行。</translation>
    </message>
    <message>
        <source>%1 is not an export of the network that is trained here.</source>
        <translation>%1 不是本训练程序所用网络的导出文件。</translation>
    </message>
    <message>
        <source>The manifest of %1 names the weight %2, which the network does not have.</source>
        <translation>模型 %1 的清单提到权重 %2，但网络中没有。</translation>
    </message>
    <message>
        <source>%1 mm/s was measured, but that may be wrong by a factor of %2: more than twice the %3 mm/s allowed is not ruled out.</source>
        <translation>测得 %1 mm/s，但可能相差 %2 倍：不能排除超过允许值 %3 mm/s 的两倍。</translation>
    </message>
    <message>
        <source>The poker seems to have moved %1 m to and fro, of which %3 m led nowhere: that may be the measurement; up to %2 m are tolerated.</source>
        <translation>振捣棒似乎来回移动了 %1 m，其中 %3 m 并未离开原位，可能是测量误差；最多允许 %2 m。</translation>
    </message>
    <message>
        <source>The poker stood still for %1 s and swayed about its place for %3 s, which may be the camera&apos;s shaking; at least %2 s are required.</source>
        <translation>振捣棒静止 %1 s，另有 %3 s 在原位附近晃动，可能是摄像机抖动所致；要求至少 %2 s。</translation>
    </message>
    <message>
        <source>Only a detection that runs in this program and still reads frames can be paused.</source>
        <translation>只有在本程序中运行且仍在读取帧的检测才能暂停。</translation>
    </message>
    <message>
        <source>Done. It took %1 s without pauses.</source>
        <translation>完成，不计暂停共用 %1 秒。</translation>
    </message>
    <message>
        <source>The detection has stopped. Nothing of it was kept.</source>
        <translation>检测已停止，未保留任何内容。</translation>
    </message>
    <message>
        <source>Queued by %1.</source>
        <translation>由 %1 加入队列。</translation>
    </message>
    <message>
        <source>Queued again by %1.</source>
        <translation>由 %1 再次加入队列。</translation>
    </message>
    <message>
        <source>Cancelled by %1.</source>
        <translation>由 %1 取消。</translation>
    </message>
    <message>
        <source>Started on the computer %1, attempt %2.</source>
        <translation>在计算机 %1 上开始，第 %2 次尝试。</translation>
    </message>
    <message>
        <source>Cancelled from another program.</source>
        <translation>从另一个程序取消。</translation>
    </message>
    <message>
        <source>Paused by %1 at frame %2.</source>
        <translation>由 %1 在第 %2 帧暂停。</translation>
    </message>
    <message>
        <source>Resumed by %1.</source>
        <translation>由 %1 继续。</translation>
    </message>
    <message>
        <source>Detecting in %1 frames on %2.</source>
        <translation>正在检测 %1 帧，设备 %2。</translation>
    </message>
    <message>
        <source>All frames are read. Judging.</source>
        <translation>全部帧已读完，正在判定。</translation>
    </message>
    <message>
        <source>Writing the results.</source>
        <translation>正在写入结果。</translation>
    </message>
    <message>
        <source>The database cannot be reached. The detection goes on; its result is stored when the database is back.</source>
        <translation>无法连接数据库。检测继续进行，数据库恢复后保存结果。</translation>
    </message>
    <message>
        <source>The database is back.</source>
        <translation>数据库已恢复。</translation>
    </message>
    <message>
        <source>Opening the video and the detector.</source>
        <translation>正在打开视频和检测模型。</translation>
    </message>
    <message>
        <source>The layer is %1 m thick and keeps to %2 m, but the length of the rod, which limits it too, was not entered in the calibration.</source>
        <translation>层厚 %1 m，未超过 %2 m，但标定中未填写同样限制层厚的棒长。</translation>
    </message>
    <message>
        <source>The poker stood %1 m from the form and did not touch it.</source>
        <translation>振捣棒距模板 %1 m，未触及模板。</translation>
    </message>
    <message>
        <source>The poker stood %1 m from the form: whether it touched cannot be told.</source>
        <translation>振捣棒距模板 %1 m：无法得知是否触及模板。</translation>
    </message>
    <message>
        <source>The outermost insertion that was seen is %1 m from the form, farther than the %2 m allowed, but the place between them was not seen all the time.</source>
        <translation>看到的最外侧插点距模板 %1 m，超过允许的 %2 m，但两者之间并非始终可见。</translation>
    </message>
    <message>
        <source>%1 % of the pour region was not seen well enough; nothing was missed in the rest.</source>
        <translation>浇筑区域有 %1 % 未能看清；其余部分没有漏振。</translation>
    </message>
    <message>
        <source>A gap of %1 m seems not to be vibrated, up to %2 m are allowed, but the places of the insertions are known to %3 m only.</source>
        <translation>似有宽 %1 m 的一处未振捣，最多允许 %2 m，但插点位置只精确到 %3 m。</translation>
    </message>
    <message>
        <source>The pokers were seen too poorly to say that ground was missed.</source>
        <translation>振捣棒未能看清，不能判定有漏振。</translation>
    </message>
    <message>
        <source>A gap of %1 m was not vibrated; gaps of up to %2 m are allowed.</source>
        <translation>有宽 %1 m 的一处未振捣；最多允许 %2 m。</translation>
    </message>
    <message>
        <source>The concrete of insertion %3 was vibrated again when it was %1 min old; up to %2 min are allowed.</source>
        <translation>插点 %3 处的混凝土在浇筑后 %1 分钟时复振；最多允许 %2 分钟。</translation>
    </message>
    <message>
        <source>The concrete of insertion %3 was vibrated again at least %1 min after it was placed; its age was not entered, so the limit of %2 min cannot be checked.</source>
        <translation>插点 %3 处的混凝土在浇筑后至少 %1 分钟时复振；未填写混凝土龄期，无法核对 %2 分钟的限值。</translation>
    </message>
    <message>
        <source>The poker stood still for %1 s and swayed about its place for %3 s, which may be the camera&apos;s shaking; at most %2 s are allowed.</source>
        <translation>振捣棒静止 %1 s，另有 %3 s 在原位附近晃动，可能是摄像机抖动所致；最多允许 %2 s。</translation>
    </message>
    <message>
        <source>%3 insertions at the same place seem to add up to %1 s, but the poker was out of sight for %4 s of them; at most %2 s are allowed.</source>
        <translation>同一位置的 %3 次插棒似累计 %1 s，但其中 %4 s 振捣棒不在视线内；最多允许 %2 s。</translation>
    </message>
    <message>
        <source>Only %1 m from insertion %3 and %2 s after it, but what the poker did in between was not seen: it may have stayed in the concrete.</source>
        <translation>距插点 %3 仅 %1 m，且在其后 %2 s，但其间振捣棒未被看到：可能一直留在混凝土中。</translation>
    </message>
    <message>
        <source>Only %1 m from insertion %3 and %2 s after it, but that is too uncertain to hold it against anybody.</source>
        <translation>距插点 %3 仅 %1 m，且在其后 %2 s，但误差过大，不能据此判定违规。</translation>
    </message>
    <message>
        <source>Another poker came so near that the two may be mixed up: %1 %3 was measured, the limit is %2 %3.</source>
        <translation>另一根振捣棒靠得太近，两者可能混淆：测得 %1 %3，限值为 %2 %3。</translation>
    </message>
    <message>
        <source>In the picture the poker leaned by %1°, where %2° are allowed; whether it leaned towards the camera cannot be told without a calibration.</source>
        <translation>画面中振捣棒倾斜 %1°，允许 %2°；没有标定，无法得知是否朝摄像机方向倾斜。</translation>
    </message>
    <message>
        <source>The poker leaned by %1°; up to %2° are allowed.</source>
        <translation>振捣棒倾斜 %1°；最多允许 %2°。</translation>
    </message>
    <message>
        <source>The poker leaned by %1°, more than the %2° allowed.</source>
        <translation>振捣棒倾斜 %1°，超过允许的 %2°。</translation>
    </message>
    <message>
        <source>The poker leaned in a direction that differs by %1° from insertion %3 beside it; up to %2° are allowed.</source>
        <translation>振捣棒的倾斜方向与旁边的插点 %3 相差 %1°；最多允许 %2°。</translation>
    </message>
    <message>
        <source>Without the length of the rod or a mark on the hose in the calibration no speed along it is known.</source>
        <translation>标定中未填写棒长或软管标记，无法得知沿棒方向的速度。</translation>
    </message>
    <message>
        <source>The sides of a model&apos;s input are multiples of 32 pixels.</source>
        <translation>模型输入的边长应为 32 像素的倍数。</translation>
    </message>
    <message>
        <source>The shares of the rendered pictures are not below 0, and together not above 1.</source>
        <translation>渲染图片的各项比例不得小于 0，总和不得大于 1。</translation>
    </message>
    <message>
        <source>The network %1 does not take pictures of %2 x %3 pixels.</source>
        <translation>网络 %1 不接受 %2 x %3 像素的图像。</translation>
    </message>
    <message>
        <source>%1 % of the pour region was not seen well enough to judge. %2 % of it was seen and not vibrated; up to %3 % are allowed.</source>
        <translation>浇筑区域有 %1 % 未能看清，无法判定。看清的部分中，占区域 %2 % 的面积未振捣；最多允许 %3 %。</translation>
    </message>
    <message>
        <source>Obstacles take up the whole pour region.</source>
        <translation>障碍物占满了整个浇筑区域。</translation>
    </message>
    <message>
        <source>Only %1 m from insertion %2 and at the same time: whether these are two pokers cannot be told.</source>
        <translation>与第 %2 次插入仅相距 %1 m，且时间重叠：无法判断是否为两根振捣棒。</translation>
    </message>
    <message>
        <source>Only a part of this insertion was seen: the poker was moved sideways %1 m in it; up to %2 m are tolerated.</source>
        <translation>此次插入只看到一部分：其中振捣棒横向移动了 %1 m；容许值为 %2 m。</translation>
    </message>
    <message>
        <source>The poker was seen too poorly to judge this.</source>
        <translation>振捣棒未能看清，无法判定此项。</translation>
    </message>
    <message>
        <source>The score from which on a poker counts must be %1 to %2.</source>
        <translation>计入振捣棒的最低得分必须在 %1 至 %2 之间。</translation>
    </message>
    <message>
        <source>A cell of the coverage map must be %1 to %2 m wide.</source>
        <translation>覆盖图网格的边长必须在 %1 至 %2 m 之间。</translation>
    </message>
    <message>
        <source>The outermost insertion so far is %1 m from the form, farther than the %2 m allowed, but the work goes on after this video.</source>
        <translation>目前最外侧的插入点距模板 %1 m，超过允许的 %2 m，但此视频之后作业仍将继续。</translation>
    </message>
    <message>
        <source>--%1 must be a number, not %2.</source>
        <translation>--%1 必须是数字，而不是 %2。</translation>
    </message>
    <message>
        <source>--%1 must be yes or no, not %2.</source>
        <translation>--%1 必须是 yes 或 no，而不是 %2。</translation>
    </message>
    <message>
        <source>%1: there is no field &quot;%2&quot;; is &quot;%3&quot; meant?</source>
        <translation>%1：没有字段“%2”；是否应为“%3”？</translation>
    </message>
    <message>
        <source>The calibration that this result was judged with before is gone: nothing is judged in metres.</source>
        <translation>此结果先前所用的标定已不存在：凡以米计的项目均不判定。</translation>
    </message>
    <message>
        <source>The model %1 finds boxes only. The ends of each bar are taken from its box, and nothing but its movement and length tells when the tip is immersed: times and places are less sure.</source>
        <translation>模型 %1 只给出边界框。棒体两端取自边界框，棒头是否插入只能由其移动和长度判断：时间和位置的把握较低。</translation>
    </message>
    <message>
        <source>The model %1 knows no pokers: no insertion can be found with it.</source>
        <translation>模型 %1 不识别振捣棒：用它找不到任何插入。</translation>
    </message>
    <message>
        <source>The manifest %1 beside the file is that of another network, %2. Import that manifest, or move it away.</source>
        <translation>文件旁的清单 %1 属于另一个网络 %2。请导入该清单，或将其移走。</translation>
    </message>
    <message>
        <source>The first %1 frames of the file need a picture that it does not have: it was cut there or is damaged. Frames and times count from the first one that can be shown.</source>
        <translation>文件开头的 %1 帧需要文件中没有的画面：文件在此处被截断或已损坏。帧号和时间从第一个可显示的帧算起。</translation>
    </message>
    <message>
        <source>%1 has a detection in image %2, which %3 does not have. The two files do not belong together.</source>
        <translation>%1 中有图像 %2 的检测结果，而 %3 中没有该图像。这两个文件不配套。</translation>
    </message>
    <message>
        <source>Use cvd-train train, export, evaluate or coco with options; see the top of core/training/cvd_train.cpp.</source>
        <translation>请使用 cvd-train train、export、evaluate 或 coco 并带选项；参见 core/training/cvd_train.cpp 的开头。</translation>
    </message>
    <message>
        <source>%1 does not know %2; see the top of core/training/cvd_train.cpp.</source>
        <translation>%1 不认识 %2；参见 core/training/cvd_train.cpp 的开头。</translation>
    </message>
    <message>
        <source>%1 needs a value.</source>
        <translation>%1 需要一个值。</translation>
    </message>
    <message>
        <source>%1 takes no value, but got %2.</source>
        <translation>%1 不带值，却给出了 %2。</translation>
    </message>
    <message>
        <source>The training was cancelled after %1 steps. What it has learnt is in %2; go on with --resume.</source>
        <translation>训练在 %1 步后被取消。已学到的内容保存在 %2；可用 --resume 继续。</translation>
    </message>
    <message>
        <source>--thresholds must be three numbers from 0 to 1 with commas between (poker, hoe, person), not %1.</source>
        <translation>--thresholds 须为三个 0 到 1 之间的数，以逗号分隔（振捣棒、锄头、人员），而不是 %1。</translation>
    </message>
    <message>
        <source>--split must be train, valid or test, not %1.</source>
        <translation>--split 须为 train、valid 或 test，而不是 %1。</translation>
    </message>
    <message>
        <source>Say what to measure: --simulated, --data DIR or --silence DIR.</source>
        <translation>请指明要测量什么：--simulated、--data 文件夹 或 --silence 文件夹。</translation>
    </message>
    <message>
        <source>An unexpected error ended the program.</source>
        <translation>程序因意外错误而结束。</translation>
    </message>
    <message>
        <source>The output cannot be written. Check the free space.</source>
        <translation>无法写入输出。请检查剩余空间。</translation>
    </message>
    <message>
        <source>Measuring needs at least one picture.</source>
        <translation>测量至少需要一张图片。</translation>
    </message>
    <message>
        <source>The folder %1 holds no picture or video that can be read.</source>
        <translation>文件夹 %1 中没有可读取的图片或视频。</translation>
    </message>
    <message>
        <source>The model card %1 cannot be written.</source>
        <translation>无法写入模型卡 %1。</translation>
    </message>
    <message>
        <source>--%1 must be a whole number from %2 to %3, not %4.</source>
        <translation>--%1 须为 %2 到 %3 之间的整数，而不是 %4。</translation>
    </message>
    <message>
        <source>--%1 must be a number from %2 to %3, not %4.</source>
        <translation>--%1 须为 %2 到 %3 之间的数，而不是 %4。</translation>
    </message>
    <message>
        <source>The folder %1 holds no labelled pictures of the split %2: neither site_safety, nor rig_workers, nor a folder with annotations.json.</source>
        <translation>文件夹 %1 中没有划分 %2 的已标注图片：既无 site_safety、rig_workers，也无含 annotations.json 的文件夹。</translation>
    </message>
    <message>
        <source>A training needs an end: more than 0 minutes, or steps.</source>
        <translation>训练须有结束条件：大于 0 的分钟数，或步数。</translation>
    </message>
    <message>
        <source>The pool of a training holds at least one picture.</source>
        <translation>训练的图片池至少要有一张图片。</translation>
    </message>
    <message>
        <source>%1 holds a training already. Go on with it by --resume, or name another folder by --work.</source>
        <translation>%1 中已有一次训练。请用 --resume 继续，或用 --work 指定另一个文件夹。</translation>
    </message>
    <message>
        <source>With these options no detector would load the model: &quot;%1&quot; %2. Change them.</source>
        <translation>按这些选项，检测程序将无法载入该模型：“%1” %2。请修改选项。</translation>
    </message>
</context>
<context>
    <name>cvd::ui</name>
    <message numerus="yes">
        <source>about %n s left</source>
        <translation>
            <numerusform>约剩 %n 秒</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n min left</source>
        <translation>
            <numerusform>约剩 %n 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n h left</source>
        <translation>
            <numerusform>约剩 %n 小时</numerusform>
        </translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <comment>date, as QDate::toString reads it</comment>
        <translation>yyyy-MM-dd</translation>
    </message>
    <message>
        <source>d MMM yyyy, HH:mm</source>
        <comment>date and time, as QDateTime::toString reads it</comment>
        <translation>yyyy-MM-dd HH:mm</translation>
    </message>
</context>
<context>
    <name>cvd::ui::ActionButton</name>
    <message>
        <source>The verdict in force</source>
        <translation>当前有效的判定</translation>
    </message>
</context>
<context>
    <name>cvd::ui::AnnotationBar</name>
    <message>
        <source>Correct by hand</source>
        <translation>人工更正</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>严重程度</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>What was seen (optional)</source>
        <translation>所见情况（可选）</translation>
    </message>
    <message>
        <source>Add the violation</source>
        <translation>添加违规</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>cvd::ui::AnnotationEditor</name>
    <message>
        <source>Drag from one corner of the poker to the other.</source>
        <translation>请从振捣棒的一角拖动到另一角。</translation>
    </message>
    <message>
        <source>Move a point</source>
        <translation>移动点</translation>
    </message>
    <message>
        <source>Move a box</source>
        <translation>移动框</translation>
    </message>
    <message>
        <source>Add a poker</source>
        <translation>添加振捣棒</translation>
    </message>
    <message>
        <source>Remove a whole track</source>
        <translation>移除整条轨迹</translation>
    </message>
    <message>
        <source>Remove from the frame: %1</source>
        <translation>从本帧移除：%1</translation>
    </message>
    <message>
        <source>Nothing was found in this frame. Add a poker, or choose another frame.</source>
        <translation>本帧中没有检测到任何对象。请添加振捣棒，或选择其他帧。</translation>
    </message>
    <message>
        <source>The picture jumps between the start and this frame. Click the place in the frame at the start.</source>
        <translation>画面在开始帧与本帧之间发生跳变。请在开始帧中点击位置。</translation>
    </message>
    <message>
        <source>Add an insertion</source>
        <translation>添加插棒</translation>
    </message>
    <message>
        <source>The picture jumps between the insertion and this frame.</source>
        <translation>画面在该次插棒与本帧之间发生跳变。</translation>
    </message>
    <message>
        <source>Start of insertion %1</source>
        <translation>插棒 %1 的开始</translation>
    </message>
    <message>
        <source>End of insertion %1</source>
        <translation>插棒 %1 的结束</translation>
    </message>
    <message>
        <source>Place of insertion %1</source>
        <translation>插棒 %1 的位置</translation>
    </message>
    <message>
        <source>Remove insertion %1</source>
        <translation>移除插棒 %1</translation>
    </message>
    <message>
        <source>There is no poker in this frame whose place could be taken. Click the place in the picture.</source>
        <translation>本帧中没有可取位置的振捣棒。请在画面中点击位置。</translation>
    </message>
    <message>
        <source>Drag a box round the poker, or press Enter to take it over from the nearest frame.</source>
        <translation>拖动框住振捣棒，或按回车键从最近的帧沿用。</translation>
    </message>
    <message>
        <source>Frames %1 to %2. Click where the poker meets the concrete, or press Enter for the poker in the picture.</source>
        <translation>第 %1 至 %2 帧。点击振捣棒与混凝土的接触处，或按回车键取画面中的振捣棒。</translation>
    </message>
    <message>
        <source>From frame %1. Click where the poker meets the concrete, or press Enter for the poker in the picture.</source>
        <translation>从第 %1 帧开始。点击振捣棒与混凝土的接触处，或按回车键取画面中的振捣棒。</translation>
    </message>
    <message>
        <source>From frame %1. Go to the frame in which the poker leaves the concrete and say that it ends here.</source>
        <translation>从第 %1 帧开始。转到振捣棒离开混凝土的那一帧，并指定在此结束。</translation>
    </message>
    <message>
        <source>%1: contact point. Drag it, or move it with the keys.</source>
        <translation>%1：接触点。拖动它，或用按键移动。</translation>
    </message>
    <message>
        <source>%1: top of the bar. Drag it, or move it with the keys.</source>
        <translation>%1：棒体顶端。拖动它，或用按键移动。</translation>
    </message>
    <message>
        <source>%1: drag the box, its corners or its points.</source>
        <translation>%1：拖动框、框角或点。</translation>
    </message>
    <message>
        <source>%1: corner of the box. Drag it, or move it with the keys.</source>
        <translation>%1：框角。拖动它，或用按键移动。</translation>
    </message>
    <message>
        <source>Click a poker to correct it.</source>
        <translation>点击振捣棒进行更正。</translation>
    </message>
</context>
<context>
    <name>cvd::ui::AuditPage</name>
    <message>
        <source>Audit trail</source>
        <translation>审计记录</translation>
    </message>
    <message>
        <source>Search the audit trail</source>
        <translation>搜索审计记录</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>All actions</source>
        <translation>全部操作</translation>
    </message>
</context>
<context>
    <name>cvd::ui::Banner</name>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the message with its details</source>
        <translation>复制消息及其详细信息</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭提示</translation>
    </message>
</context>
<context>
    <name>cvd::ui::CalibrationCanvas</name>
    <message>
        <source>Nudge</source>
        <translation>微移</translation>
    </message>
    <message>
        <source>Add a point</source>
        <translation>添加点</translation>
    </message>
    <message>
        <source>Draw the pour region</source>
        <translation>绘制浇筑区域</translation>
    </message>
    <message>
        <source>Draw a form line</source>
        <translation>绘制模板线</translation>
    </message>
    <message>
        <source>Draw an obstacle</source>
        <translation>绘制障碍物</translation>
    </message>
    <message>
        <source>Delete a corner</source>
        <translation>删除角点</translation>
    </message>
    <message>
        <source>Delete a point</source>
        <translation>删除点</translation>
    </message>
    <message>
        <source>Move a point</source>
        <translation>移动点</translation>
    </message>
    <message>
        <source>Move a corner</source>
        <translation>移动角点</translation>
    </message>
</context>
<context>
    <name>cvd::ui::CalibrationPage</name>
    <message>
        <source>Type a figure</source>
        <translation>输入数值</translation>
    </message>
    <message>
        <source>Change the way of entry</source>
        <translation>更改输入方式</translation>
    </message>
    <message>
        <source>Calibration of %1</source>
        <translation>%1 的标定</translation>
    </message>
    <message>
        <source>The video is not open.</source>
        <translation>视频未打开。</translation>
    </message>
    <message>
        <source>Opening the video…</source>
        <translation>正在打开视频…</translation>
    </message>
    <message>
        <source>Leave the calibration</source>
        <translation>离开标定</translation>
    </message>
    <message>
        <source>The changes of this calibration are not saved.</source>
        <translation>此标定的更改尚未保存。</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>放弃更改</translation>
    </message>
    <message>
        <source>Drag the points onto known places. Arrow keys move the chosen one by 1 px, with Shift by 0.1 px; Page Up and Page Down choose; the wheel zooms.</source>
        <translation>将各点拖到已知位置上。方向键移动选中点 1 像素，按住 Shift 为 0.1 像素；Page Up 和 Page Down 选择；滚轮缩放。</translation>
    </message>
    <message>
        <source>Click a place in the picture whose position on the concrete is known.</source>
        <translation>在画面中单击一个在混凝土面上位置已知的地方。</translation>
    </message>
    <message>
        <source>Click the corners of the pour region; click the first one again, double-click or press Enter to close it. Esc gives up; Alt switches snapping off.</source>
        <translation>依次单击浇筑区域的角点；再次单击第一个点、双击或按 Enter 闭合。Esc 放弃；Alt 关闭吸附。</translation>
    </message>
    <message>
        <source>Click along the edge of the form; double-click or press Enter at its end.</source>
        <translation>沿模板边缘单击；在终点双击或按 Enter。</translation>
    </message>
    <message>
        <source>Click the corners of what stands in the concrete: a column, an opening. Close it like the pour region.</source>
        <translation>单击混凝土中的立柱、洞口等的角点，像浇筑区域一样闭合。</translation>
    </message>
    <message>
        <source>Residual %1 cm (root mean square), worst %2 cm at point %3</source>
        <translation>残差 %1 cm（均方根），最大 %2 cm，位于点 %3</translation>
    </message>
    <message>
        <source>four points always fit: a fifth one checks them</source>
        <translation>四点总能吻合：第五点可以检验</translation>
    </message>
    <message>
        <source>one pixel is %1 to %2 cm</source>
        <translation>一个像素相当于 %1 至 %2 cm</translation>
    </message>
    <message>
        <source>No project is open.</source>
        <translation>没有打开的项目。</translation>
    </message>
    <message>
        <source>There is nothing to save.</source>
        <translation>没有需要保存的内容。</translation>
    </message>
    <message>
        <source>Calibrations that were kept for a camera, for this and other projects</source>
        <translation>为摄像机保存的标定，供本项目和其他项目使用</translation>
    </message>
    <message>
        <source>Choose a point or a corner first.</source>
        <translation>请先选择一个点或角点。</translation>
    </message>
    <message>
        <source>A rectangle needs its four corners.</source>
        <translation>矩形需要四个角点。</translation>
    </message>
    <message>
        <source>Delete the chosen point or corner (Del)</source>
        <translation>删除选中的点或角点 (Del)</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>没有可撤销的操作。</translation>
    </message>
    <message>
        <source>Undo: %1 (%2)</source>
        <translation>撤销：%1 (%2)</translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation>没有可重做的操作。</translation>
    </message>
    <message>
        <source>Redo: %1 (%2)</source>
        <translation>重做：%1 (%2)</translation>
    </message>
    <message>
        <source>A rectangle has four corners; choose another way of entry to add points.</source>
        <translation>矩形有四个角点；要添加点请选择其他输入方式。</translation>
    </message>
    <message>
        <source>Add a point</source>
        <translation>添加点</translation>
    </message>
    <message>
        <source>The points have to fix the surface first.</source>
        <translation>须先由各点确定平面。</translation>
    </message>
    <message>
        <source>Saved. The next detection of this project is judged in metres.</source>
        <translation>已保存。本项目下次检测将以米为单位判定。</translation>
    </message>
    <message>
        <source>Saved. The result of %1 was judged without these metres; it can be judged again without another detection. The old result stays.</source>
        <translation>已保存。%1 的结果判定时没有采用此标定；无需重新检测即可重新判定，旧结果保留。</translation>
    </message>
    <message>
        <source>Judge again</source>
        <translation>重新判定</translation>
    </message>
    <message>
        <source>Judging again…</source>
        <translation>正在重新判定…</translation>
    </message>
    <message>
        <source>Load a file</source>
        <translation>载入文件</translation>
    </message>
    <message>
        <source>The calibration was written to %1.</source>
        <translation>标定已写入 %1。</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>Use a kept calibration</source>
        <translation>使用已保存的标定</translation>
    </message>
    <message>
        <source>Kept as “%1” of camera %2: other projects can use it.</source>
        <translation>已保存为摄像机 %2 的“%1”：其他项目可以使用。</translation>
    </message>
    <message>
        <source>Keep this one for a camera…</source>
        <translation>为摄像机保存此标定…</translation>
    </message>
    <message>
        <source>None is kept yet</source>
        <translation>尚未保存任何标定</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>camera, name</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Keep the calibration for a camera</source>
        <translation>为摄像机保存标定</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>摄像机</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>It fits as long as the camera is not moved or zoomed.</source>
        <translation>只要摄像机不移动、不变焦，它就适用。</translation>
    </message>
    <message>
        <source>Calibration (%1);;All files (%2)</source>
        <translation>标定 (%1);;所有文件 (%2)</translation>
    </message>
    <message>
        <source>Export the calibration</source>
        <translation>导出标定</translation>
    </message>
    <message>
        <source>Choose a calibration file</source>
        <translation>选择标定文件</translation>
    </message>
    <message>
        <source>Back to the project</source>
        <translation>返回项目</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>摄像机</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Add point</source>
        <translation>添加点</translation>
    </message>
    <message>
        <source>Pour region</source>
        <translation>浇筑区域</translation>
    </message>
    <message>
        <source>Form line</source>
        <translation>模板线</translation>
    </message>
    <message>
        <source>Obstacle</source>
        <translation>障碍物</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Show everything (0)</source>
        <translation>显示全部 (0)</translation>
    </message>
    <message>
        <source>Picture with the calibration points</source>
        <translation>带标定点的画面</translation>
    </message>
    <message>
        <source>The surface from above</source>
        <translation>平面俯视图</translation>
    </message>
    <message>
        <source>&amp;Frame</source>
        <translation>帧(&amp;F)</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>&amp;Known are</source>
        <translation>已知(&amp;K)</translation>
    </message>
    <message>
        <source>the two sides of a rectangle</source>
        <translation>矩形的两条边长</translation>
    </message>
    <message>
        <source>coordinates of the points</source>
        <translation>各点的坐标</translation>
    </message>
    <message>
        <source>distances to points 1 and 2</source>
        <translation>到点 1 和点 2 的距离</translation>
    </message>
    <message>
        <source>Side 1–2</source>
        <translation>边 1–2</translation>
    </message>
    <message>
        <source>Side 2–3</source>
        <translation>边 2–3</translation>
    </message>
    <message>
        <source>Calibration points</source>
        <translation>标定点</translation>
    </message>
    <message>
        <source>&amp;Radius of action</source>
        <translation>作用半径(&amp;R)</translation>
    </message>
    <message>
        <source>Rod &amp;length</source>
        <translation>棒长(&amp;L)</translation>
    </message>
    <message>
        <source>Tip to hose &amp;mark</source>
        <translation>棒尖至软管标记(&amp;M)</translation>
    </message>
    <message>
        <source>La&amp;yer thickness</source>
        <translation>分层厚度(&amp;Y)</translation>
    </message>
    <message>
        <source>&amp;Placed before the video</source>
        <translation>视频开始前已入模(&amp;P)</translation>
    </message>
    <message>
        <source> m</source>
        <translation> m</translation>
    </message>
    <message>
        <source> min</source>
        <translation> 分钟</translation>
    </message>
    <message>
        <source>as the profile says</source>
        <translation>按规则方案</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>From the tip to the end of the rigid bar; speeds and depth need it</source>
        <translation>从棒尖到刚性棒体末端；速度和深度判定需要</translation>
    </message>
    <message>
        <source>From the tip to a mark painted on the hose</source>
        <translation>从棒尖到软管上的标记</translation>
    </message>
    <message>
        <source>Thickness of the layer that is being placed</source>
        <translation>当前浇筑层的厚度</translation>
    </message>
    <message>
        <source>How long the concrete had been in place when the video begins</source>
        <translation>视频开始时混凝土已入模多久</translation>
    </message>
    <message>
        <source>Take unsaved changes back</source>
        <translation>取回未保存的更改</translation>
    </message>
    <message>
        <source>The program ended before the changes of %1 were saved. They are back; save them, or undo.</source>
        <translation>程序在 %1 的更改保存之前结束了。这些更改已取回：请保存，或撤销。</translation>
    </message>
</context>
<context>
    <name>cvd::ui::CalibrationPointModel</name>
    <message>
        <source>x (px)</source>
        <translation>x (px)</translation>
    </message>
    <message>
        <source>y (px)</source>
        <translation>y (px)</translation>
    </message>
    <message>
        <source>to 1 (m)</source>
        <translation>到 1 (m)</translation>
    </message>
    <message>
        <source>X (m)</source>
        <translation>X (m)</translation>
    </message>
    <message>
        <source>to 2 (m)</source>
        <translation>到 2 (m)</translation>
    </message>
    <message>
        <source>Y (m)</source>
        <translation>Y (m)</translation>
    </message>
    <message>
        <source>off (cm)</source>
        <translation>偏差 (cm)</translation>
    </message>
</context>
<context>
    <name>cvd::ui::ChartFrame</name>
    <message>
        <source>There is nothing to save: the chart is empty.</source>
        <translation>没有可保存的内容：图表是空的。</translation>
    </message>
    <message>
        <source>Show the figures as a table</source>
        <translation>以表格显示数值</translation>
    </message>
    <message>
        <source>There are no figures: the chart is empty.</source>
        <translation>没有数值：图表是空的。</translation>
    </message>
    <message>
        <source>Save the chart as a picture…</source>
        <translation>将图表保存为图片…</translation>
    </message>
    <message>
        <source>Save the figures as a table (CSV)…</source>
        <translation>将数值保存为表格（CSV）…</translation>
    </message>
    <message>
        <source>The same figures are in the table below the chart.</source>
        <translation>图表下方的表格中有相同的数值。</translation>
    </message>
    <message>
        <source>Figures: %1</source>
        <comment>chart title</comment>
        <translation>数值：%1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>chart category, series</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Save the chart as a picture</source>
        <translation>将图表保存为图片</translation>
    </message>
    <message>
        <source>Save the figures as a table</source>
        <translation>将数值保存为表格</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>图片 (*.png)</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>CSV</source>
        <translation>CSV</translation>
    </message>
</context>
<context>
    <name>cvd::ui::ChartView</name>
    <message>
        <source>%1: %2</source>
        <comment>chart tooltip, category: value</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <comment>chart tooltip, category, series: value</comment>
        <translation>%1，%2：%3</translation>
    </message>
    <message>
        <source>Click to see them in the list</source>
        <translation>点击可在列表中查看</translation>
    </message>
</context>
<context>
    <name>cvd::ui::ChartsPanel</name>
    <message>
        <source>Saved as %1.</source>
        <translation>已保存为 %1。</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Which chart is shown</source>
        <translation>选择显示哪张图表</translation>
    </message>
    <message>
        <source>What is compared</source>
        <translation>比较的内容</translation>
    </message>
    <message>
        <source>Pours</source>
        <translation>浇筑</translation>
    </message>
    <message>
        <source>Looking at the other pours…</source>
        <translation>正在查看其他浇筑…</translation>
    </message>
</context>
<context>
    <name>cvd::ui::DashboardPage</name>
    <message>
        <source>Counting…</source>
        <translation>正在统计…</translation>
    </message>
    <message>
        <source>Counting for the first time…</source>
        <translation>正在首次统计…</translation>
    </message>
    <message>
        <source>As of %1</source>
        <translation>统计于 %1</translation>
    </message>
    <message>
        <source>%1 of them judged</source>
        <translation>其中 %1 个已判定</translation>
    </message>
    <message>
        <source>%1 failed, %2 running or waiting</source>
        <translation>%1 个失败，%2 个运行或等待中</translation>
    </message>
    <message>
        <source>%1 frames/s</source>
        <translation>%1 帧/秒</translation>
    </message>
    <message>
        <source>%1 h of detection in 30 days</source>
        <translation>30 天内检测 %1 小时</translation>
    </message>
    <message>
        <source>%1 free</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>results not measured yet</source>
        <translation>尚未统计结果文件</translation>
    </message>
    <message>
        <source>%1 new this month</source>
        <translation>本月新增 %1 人</translation>
    </message>
    <message>
        <source>Projects</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Projects by state</source>
        <translation>各状态的项目</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>No projects yet.</source>
        <translation>还没有项目。</translation>
    </message>
    <message>
        <source>Violations by rule</source>
        <translation>各规则的违规</translation>
    </message>
    <message>
        <source>Of the latest result of each project, without false alarms.</source>
        <translation>取每个项目的最新结果，不含误报。</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Violations</source>
        <translation>违规</translation>
    </message>
    <message>
        <source>No violations in any result.</source>
        <translation>所有结果中都没有违规。</translation>
    </message>
    <message>
        <source>Jobs of the last 30 days</source>
        <translation>最近 30 天的任务</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>No job ended in the last 30 days.</source>
        <translation>最近 30 天没有结束的任务。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>月份</translation>
    </message>
    <message>
        <source>New projects per month</source>
        <translation>每月新建项目</translation>
    </message>
    <message>
        <source>No new project in the last twelve months.</source>
        <translation>最近十二个月没有新项目。</translation>
    </message>
    <message>
        <source>New users per month</source>
        <translation>每月新增用户</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>No new user in the last twelve months.</source>
        <translation>最近十二个月没有新用户。</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Size (GB)</source>
        <translation>大小 (GB)</translation>
    </message>
    <message>
        <source>The library is being measured…</source>
        <translation>正在统计媒体库…</translation>
    </message>
    <message>
        <source>The library is empty.</source>
        <translation>媒体库是空的。</translation>
    </message>
    <message>
        <source>%1 free on this disk; linked videos lie elsewhere and are not counted.</source>
        <translation>此磁盘剩余 %1；链接的视频在别处，不计入。</translation>
    </message>
    <message>
        <source>Other files</source>
        <translation>其他文件</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Copied videos</source>
        <translation>复制的视频</translation>
    </message>
    <message>
        <source>Dashboard</source>
        <translation>仪表板</translation>
    </message>
    <message>
        <source>My figures</source>
        <translation>我的统计</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Count again now</source>
        <translation>立即重新统计</translation>
    </message>
    <message>
        <source>Finished detections</source>
        <translation>已完成的检测</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
</context>
<context>
    <name>cvd::ui::DatabaseForm</name>
    <message>
        <source>Type the name of the server first.</source>
        <translation>请先输入服务器名称。</translation>
    </message>
    <message>
        <source>Type the name of the database first.</source>
        <translation>请先输入数据库名称。</translation>
    </message>
    <message>
        <source>Type the database user first.</source>
        <translation>请先输入数据库用户。</translation>
    </message>
    <message>
        <source>A test is running.</source>
        <translation>正在测试。</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>The connection works.</source>
        <translation>连接正常。</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>在此计算机上</translation>
    </message>
    <message>
        <source>One file, nothing to set up: %1</source>
        <translation>一个文件，无需设置：%1</translation>
    </message>
    <message>
        <source>On a MySQL or MariaDB server, shared with colleagues</source>
        <translation>在 MySQL 或 MariaDB 服务器上，与同事共用</translation>
    </message>
    <message>
        <source>&amp;Server and port</source>
        <translation>服务器和端口(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Database</source>
        <translation>数据库(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;User</source>
        <translation>用户(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>密码(&amp;P)</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Encrypt the connection (TLS)</source>
        <translation>加密连接（TLS）</translation>
    </message>
    <message>
        <source>Keep the password in this desktop&apos;s keychain</source>
        <translation>将密码保存在此桌面的钥匙串中</translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation>测试连接</translation>
    </message>
</context>
<context>
    <name>cvd::ui::DatabasePage</name>
    <message>
        <source>Opening the database…</source>
        <translation>正在打开数据库…</translation>
    </message>
    <message>
        <source>Where the data lives</source>
        <translation>数据存放位置</translation>
    </message>
    <message>
        <source>The database cannot be opened</source>
        <translation>无法打开数据库</translation>
    </message>
    <message numerus="yes">
        <source>Next try in %n s</source>
        <translation>
            <numerusform>%n 秒后重试</numerusform>
        </translation>
    </message>
    <message>
        <source>Change settings…</source>
        <translation>更改设置…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
</context>
<context>
    <name>cvd::ui::DesktopController</name>
    <message>
        <source>You are signed out.</source>
        <translation>您已退出登录。</translation>
    </message>
</context>
<context>
    <name>cvd::ui::ExportDialog</name>
    <message>
        <source>&amp;Report to sign (PDF)</source>
        <translation>供签字的报告 (PDF)(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Workbook with pictures (XLSX)</source>
        <translation>带图片的工作簿 (XLSX)(&amp;W)</translation>
    </message>
    <message>
        <source>Tables (CS&amp;V)</source>
        <translation>表格 (CSV)(&amp;V)</translation>
    </message>
    <message>
        <source>Data for programs (&amp;JSON)</source>
        <translation>供程序使用的数据 (JSON)(&amp;J)</translation>
    </message>
    <message>
        <source>C&amp;lip of each violation (MP4)</source>
        <translation>每项违规的片段 (MP4)(&amp;L)</translation>
    </message>
    <message>
        <source>The whole video with o&amp;verlays (MP4)</source>
        <translation>带标注的完整视频 (MP4)(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Evidence package with manifest (ZIP)</source>
        <translation>带清单的证据包 (ZIP)(&amp;E)</translation>
    </message>
    <message>
        <source>The result&apos;s own &amp;files</source>
        <translation>结果自身的文件(&amp;F)</translation>
    </message>
    <message>
        <source>Preparing…</source>
        <translation>准备中…</translation>
    </message>
    <message>
        <source>Copying the result&apos;s files…</source>
        <translation>正在复制结果文件…</translation>
    </message>
    <message>
        <source>Pictures of the violations…</source>
        <translation>正在截取违规图片…</translation>
    </message>
    <message>
        <source>Writing the report…</source>
        <translation>正在生成报告…</translation>
    </message>
    <message>
        <source>Writing the tables…</source>
        <translation>正在写表格…</translation>
    </message>
    <message>
        <source>Cutting the clips…</source>
        <translation>正在截取片段…</translation>
    </message>
    <message>
        <source>Writing the video…</source>
        <translation>正在写视频…</translation>
    </message>
    <message>
        <source>Packing the evidence…</source>
        <translation>正在打包证据…</translation>
    </message>
    <message>
        <source>Export “%1”</source>
        <translation>导出“%1”</translation>
    </message>
    <message>
        <source>C&amp;hoose…</source>
        <translation>选择(&amp;H)…</translation>
    </message>
    <message>
        <source>Into the folder</source>
        <translation>目标文件夹</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>打开(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Show in folder</source>
        <translation>打开所在文件夹(&amp;S)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>No program on this computer opens %1.</source>
        <translation>本机没有可打开 %1 的程序。</translation>
    </message>
    <message>
        <source>What to write</source>
        <translation>导出内容</translation>
    </message>
    <message>
        <source>Report and tables</source>
        <translation>报告和表格</translation>
    </message>
    <message>
        <source>All findings</source>
        <translation>全部结果</translation>
    </message>
    <message>
        <source>As filtered on the screen (%1)</source>
        <translation>按屏幕上的筛选（%1 项）</translation>
    </message>
    <message>
        <source>Confirmed violations only</source>
        <translation>仅已确认的违规</translation>
    </message>
    <message>
        <source>F&amp;indings</source>
        <translation>结果范围(&amp;I)</translation>
    </message>
    <message>
        <source>L&amp;anguage</source>
        <translation>语言(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Day of the pour</source>
        <translation>浇筑日期(&amp;D)</translation>
    </message>
    <message>
        <source>Left open on the cover when it is not given.</source>
        <translation>未填写时封面上留空。</translation>
    </message>
    <message>
        <source>Day of the pour</source>
        <translation>浇筑日期</translation>
    </message>
    <message>
        <source>Pages of the PDF</source>
        <translation>PDF 内容</translation>
    </message>
    <message>
        <source>Picture of each violation</source>
        <translation>每项违规的图片</translation>
    </message>
    <message>
        <source>Plan and heat map</source>
        <translation>平面图和热力图</translation>
    </message>
    <message>
        <source>Table of insertions</source>
        <translation>插棒表</translation>
    </message>
    <message>
        <source>Fields for signatures</source>
        <translation>签字栏</translation>
    </message>
    <message>
        <source>Pictures, clips and video</source>
        <translation>图片、片段和视频</translation>
    </message>
    <message>
        <source>Boxes and points</source>
        <translation>框和点</translation>
    </message>
    <message>
        <source>Line that names the violation</source>
        <translation>违规说明文字</translation>
    </message>
    <message>
        <source> s</source>
        <comment>seconds after a number</comment>
        <translation> 秒</translation>
    </message>
    <message>
        <source>Clip: before and af&amp;ter</source>
        <translation>片段前后各加(&amp;T)</translation>
    </message>
    <message>
        <source>Choose at least one thing to write.</source>
        <translation>请至少选择一项导出内容。</translation>
    </message>
    <message>
        <source>Choose a folder.</source>
        <translation>请选择文件夹。</translation>
    </message>
    <message>
        <source>An export is under way.</source>
        <translation>正在导出。</translation>
    </message>
    <message>
        <source>Choose the report first.</source>
        <translation>请先选择报告。</translation>
    </message>
    <message>
        <source>Choose a report, a table or clips first.</source>
        <translation>请先选择报告、表格或片段。</translation>
    </message>
    <message>
        <source>Choose something with pictures first.</source>
        <translation>请先选择带图片的内容。</translation>
    </message>
    <message>
        <source>Choose the clips first.</source>
        <translation>请先选择片段。</translation>
    </message>
    <message>
        <source>Export again</source>
        <translation>再次导出</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>The files go into %1.</source>
        <translation>文件将存入 %1。</translation>
    </message>
    <message>
        <source>Choose a folder for the export</source>
        <translation>选择导出文件夹</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s), %1, in %2</source>
        <translation>
            <numerusform>%n 个文件，%1，位于 %2</numerusform>
        </translation>
    </message>
    <message>
        <source>The export was cancelled. Nothing of it was kept.</source>
        <translation>导出已取消，未保留任何文件。</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>正在取消…</translation>
    </message>
    <message>
        <source>It is being cancelled.</source>
        <translation>正在取消。</translation>
    </message>
    <message>
        <source>Tick the box on the left first.</source>
        <translation>请先勾选左侧的选项。</translation>
    </message>
</context>
<context>
    <name>cvd::ui::FilterChip</name>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Filter by %1</source>
        <translation>按%1筛选</translation>
    </message>
</context>
<context>
    <name>cvd::ui::FindingPanel</name>
    <message>
        <source>One column stays.</source>
        <translation>至少保留一列。</translation>
    </message>
</context>
<context>
    <name>cvd::ui::FirstStartPage</name>
    <message>
        <source>One moment…</source>
        <translation>请稍候…</translation>
    </message>
    <message>
        <source>Type a user name first.</source>
        <translation>请先输入用户名。</translation>
    </message>
    <message>
        <source>The sample pour is not installed.</source>
        <translation>未安装示例浇筑视频。</translation>
    </message>
    <message>
        <source>Where the data lives</source>
        <translation>数据存放位置</translation>
    </message>
    <message>
        <source>The administrator</source>
        <translation>管理员</translation>
    </message>
    <message>
        <source>A first video</source>
        <translation>第一个视频</translation>
    </message>
    <message>
        <source>Projects, users and results are kept in a database. You can move them later.</source>
        <translation>项目、用户和结果保存在数据库中。以后可以迁移。</translation>
    </message>
    <message>
        <source>This account may do everything, and creates the others. Keep its password safe.</source>
        <translation>此账户拥有全部权限，并负责创建其他账户。请妥善保管密码。</translation>
    </message>
    <message>
        <source>CVD-MIS finds each insertion of a vibrator and judges it against a rule profile.</source>
        <translation>CVD-MIS 找出振捣棒的每一次插棒，并按规则方案进行判定。</translation>
    </message>
    <message>
        <source>1 Data</source>
        <translation>1 数据</translation>
    </message>
    <message>
        <source>2 Administrator</source>
        <translation>2 管理员</translation>
    </message>
    <message>
        <source>3 Video</source>
        <translation>3 视频</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>用户名(&amp;U)</translation>
    </message>
    <message>
        <source>Open the sample pour</source>
        <translation>打开示例浇筑</translation>
    </message>
    <message>
        <source>A short rendered video, ready to be judged with one click.</source>
        <translation>一段模拟渲染的短视频，一键即可判定。</translation>
    </message>
    <message>
        <source>Import a video of my own</source>
        <translation>导入我自己的视频</translation>
    </message>
    <message>
        <source>Any common format. It is copied or linked, never changed.</source>
        <translation>支持各种常见格式。视频会被复制或链接，绝不会被更改。</translation>
    </message>
    <message>
        <source>Use the default</source>
        <translation>使用默认值</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>以后再说</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>The tour goes through the sample pour.</source>
        <translation>导览使用示例浇筑。</translation>
    </message>
    <message>
        <source>Show me around: from the video to a report in five minutes</source>
        <translation>带我走一遍：五分钟从视频到报告</translation>
    </message>
</context>
<context>
    <name>cvd::ui::GateCard</name>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>User guide</source>
        <translation>用户指南</translation>
    </message>
    <message>
        <source>User guide (F1)</source>
        <translation>用户指南（F1）</translation>
    </message>
</context>
<context>
    <name>cvd::ui::HeatMapPanel</name>
    <message>
        <source>Point at the picture to read its seconds; click to go to the nearest insertion.</source>
        <translation>将鼠标移到画面上可读取该处的秒数；单击可转到最近的插棒。</translation>
    </message>
    <message>
        <source>%1 in concrete near %2</source>
        <translation>%2 附近：在混凝土中 %1</translation>
    </message>
    <message>
        <source>The heat map cannot be written to %1: %2</source>
        <translation>无法将热力图写入 %1：%2</translation>
    </message>
    <message>
        <source>Save the heat map</source>
        <translation>保存热力图</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG 图片 (*.png)</translation>
    </message>
    <message>
        <source>Heat map: seconds in concrete over the first frame</source>
        <translation>热力图：首帧画面上的插入秒数</translation>
    </message>
    <message>
        <source>No poker was seen in the concrete.</source>
        <translation>未看到振捣棒插入混凝土。</translation>
    </message>
    <message>
        <source>There are no tracks to draw a heat map from.</source>
        <translation>没有可用于绘制热力图的轨迹。</translation>
    </message>
    <message>
        <source>Radius</source>
        <translation>半径</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>How far around the contact point its time is counted</source>
        <translation>在接触点周围多大范围内计入其时间</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>No poker stood anywhere: there is nothing to save.</source>
        <translation>没有振捣棒停留过：没有可保存的内容。</translation>
    </message>
    <message>
        <source>Seconds outside of the player&apos;s range are left out</source>
        <translation>播放器所选范围以外的秒数不计入</translation>
    </message>
    <message>
        <source>Mark a range in the player first.</source>
        <translation>请先在播放器中标出范围。</translation>
    </message>
    <message>
        <source>Save the picture with its legend, or the seconds of its cells</source>
        <translation>保存带图例的图片，或各单元格的秒数</translation>
    </message>
    <message>
        <source>CSV tables (*.csv)</source>
        <translation>CSV 表格 (*.csv)</translation>
    </message>
    <message>
        <source>Picture (PNG)…</source>
        <translation>图片 (PNG)…</translation>
    </message>
    <message>
        <source>Cells (CSV)…</source>
        <translation>单元格 (CSV)…</translation>
    </message>
    <message>
        <source>Only the range</source>
        <translation>仅范围内</translation>
    </message>
    <message>
        <source>heat map</source>
        <translation>热力图</translation>
    </message>
</context>
<context>
    <name>cvd::ui::HeatMapView</name>
    <message>
        <source>0 s in concrete</source>
        <translation>在混凝土中 0 s</translation>
    </message>
</context>
<context>
    <name>cvd::ui::HelpWindow</name>
    <message>
        <source>%1 › %2</source>
        <comment>page and section of the guide</comment>
        <translation>%1 › %2</translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) found</source>
        <translation>
            <numerusform>找到 %n 处</numerusform>
        </translation>
    </message>
    <message>
        <source>No page of the guide contains these words.</source>
        <translation>指南中没有包含这些词的页面。</translation>
    </message>
    <message>
        <source>This is where you began.</source>
        <translation>已是最初打开的页面。</translation>
    </message>
    <message>
        <source>Back (%1)</source>
        <translation>后退（%1）</translation>
    </message>
    <message>
        <source>You have not gone back.</source>
        <translation>您还没有后退过。</translation>
    </message>
    <message>
        <source>Forward (%1)</source>
        <translation>前进（%1）</translation>
    </message>
    <message>
        <source>The text does not get smaller.</source>
        <translation>文字不能再小了。</translation>
    </message>
    <message>
        <source>Smaller text (%1)</source>
        <translation>缩小文字（%1）</translation>
    </message>
    <message>
        <source>The text does not get larger.</source>
        <translation>文字不能再大了。</translation>
    </message>
    <message>
        <source>Larger text (%1)</source>
        <translation>放大文字（%1）</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>Usual size (%1)</source>
        <translation>默认大小（%1）</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>前进</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>缩小文字</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>放大文字</translation>
    </message>
    <message>
        <source>Usual size</source>
        <translation>默认大小</translation>
    </message>
    <message>
        <source>User guide – CVD-MIS</source>
        <translation>用户指南 – CVD-MIS</translation>
    </message>
    <message>
        <source>Search the guide</source>
        <translation>搜索指南</translation>
    </message>
    <message>
        <source>Contents of the guide</source>
        <translation>指南目录</translation>
    </message>
    <message>
        <source>Page of the guide</source>
        <translation>指南页面</translation>
    </message>
</context>
<context>
    <name>cvd::ui::ImportDialog</name>
    <message>
        <source>Videos (%1);;All files (%2)</source>
        <translation>视频 (%1);;所有文件 (%2)</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>Copy into the library (the original may go)</source>
        <translation>复制到媒体库（原文件可删除）</translation>
    </message>
    <message>
        <source>Link to the file where it is (it must stay there)</source>
        <translation>链接到原位置的文件（原文件须保留）</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Run the detection right after the import</source>
        <translation>导入后立即运行检测</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Import video</source>
        <translation>导入视频</translation>
    </message>
    <message>
        <source>Project name</source>
        <translation>项目名称</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Files to import</source>
        <translation>待导入文件</translation>
    </message>
    <message>
        <source>None: distances cannot be judged</source>
        <translation>无：无法判断距离</translation>
    </message>
    <message>
        <source>&amp;Rule profile</source>
        <translation>规则方案(&amp;R)</translation>
    </message>
    <message>
        <source>Cali&amp;bration file</source>
        <translation>标定文件(&amp;B)</translation>
    </message>
    <message>
        <source>Video file</source>
        <translation>视频文件</translation>
    </message>
    <message>
        <source>Double-click a name to change it.</source>
        <translation>双击名称可更改。</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Choose videos</source>
        <translation>选择视频</translation>
    </message>
    <message>
        <source>Choose a calibration file</source>
        <translation>选择标定文件</translation>
    </message>
    <message>
        <source>Calibration (%1);;All files (%2)</source>
        <translation>标定 (%1);;所有文件 (%2)</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Reading, %1 %</source>
        <translation>正在读取，%1%</translation>
    </message>
    <message>
        <source>File %1 of %2: %3 of %4</source>
        <comment>number, count, bytes, bytes</comment>
        <translation>文件 %1/%2：%3，共 %4</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>已导入</translation>
    </message>
    <message>
        <source>Imported, detection queued</source>
        <translation>已导入，检测已排队</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>正在取消…</translation>
    </message>
    <message>
        <source>The import is running.</source>
        <translation>正在导入。</translation>
    </message>
    <message>
        <source>Add a video file first.</source>
        <translation>请先添加视频文件。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) were refused. The details say why.</source>
        <translation>
            <numerusform>%n 个文件被拒绝。详细信息说明原因。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cvd::ui::InsertionModel</name>
    <message>
        <source>Already in the concrete when first seen: it lasted at least this long</source>
        <translation>首次看到时已在混凝土中：至少持续了这么长时间</translation>
    </message>
    <message>
        <source>Still in the concrete when last seen: it lasted at least this long</source>
        <translation>最后看到时仍在混凝土中：至少持续了这么长时间</translation>
    </message>
    <message>
        <source>Seconds from the tip entering to the tip leaving the concrete</source>
        <translation>从棒尖进入混凝土到离开的秒数</translation>
    </message>
    <message>
        <source>Seconds of them in which the contact point stood still</source>
        <translation>其中接触点静止的秒数</translation>
    </message>
    <message>
        <source>How sure the program is, in per cent</source>
        <translation>程序的把握程度（百分比）</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>Immersed s</source>
        <translation>插入时间（秒）</translation>
    </message>
    <message>
        <source>Still s</source>
        <translation>静止（秒）</translation>
    </message>
    <message>
        <source>Sure %</source>
        <translation>置信度 %</translation>
    </message>
    <message>
        <source>A touch, too short to count as an insertion</source>
        <translation>接触时间太短，不计为插棒</translation>
    </message>
    <message>
        <source>Where it was: metres on the concrete; without a calibration pixels, with px</source>
        <translation>所在位置：混凝土面上的米数；未标定时为像素，带 px</translation>
    </message>
    <message>
        <source>Poker</source>
        <translation>振捣棒</translation>
    </message>
    <message>
        <source>Place, m</source>
        <translation>位置，m</translation>
    </message>
</context>
<context>
    <name>cvd::ui::InsertionPanel</name>
    <message numerus="yes">
        <source>%n insertion(s)</source>
        <translation>
            <numerusform>%n 次插棒</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %n touch(es)</source>
        <translation>
            <numerusform>显示 %n 次短暂接触</numerusform>
        </translation>
    </message>
    <message>
        <source>Insertions</source>
        <translation>插棒</translation>
    </message>
    <message>
        <source>Only touches were found, too short to count as insertions.</source>
        <translation>只发现短暂接触，时间太短，不计为插棒。</translation>
    </message>
    <message>
        <source>Contacts too short to count as insertions</source>
        <translation>时间太短、不计为插棒的接触</translation>
    </message>
</context>
<context>
    <name>cvd::ui::JobLogDialog</name>
    <message>
        <source>Log of a detection</source>
        <translation>检测日志</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>What happened, oldest first</source>
        <translation>发生的事情，最早的在前</translation>
    </message>
    <message>
        <source>Nothing was written down for this detection: it was run by an older version.</source>
        <translation>该检测没有记录：它由旧版本运行。</translation>
    </message>
    <message>
        <source>%1  %2</source>
        <comment>date and time, what happened</comment>
        <translation>%1  %2</translation>
    </message>
</context>
<context>
    <name>cvd::ui::JobsModel</name>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Frames/s</source>
        <translation>帧/秒</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>剩余时间</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>took %1</source>
        <translation>用时 %1</translation>
    </message>
</context>
<context>
    <name>cvd::ui::JobsPage</name>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Open project</source>
        <translation>打开项目</translation>
    </message>
    <message>
        <source>Cancel job</source>
        <translation>取消任务</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Remove from list</source>
        <translation>从列表中移除</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详细信息</translation>
    </message>
    <message>
        <source>Nothing has been run yet. Open a project and press Run.</source>
        <translation>尚未运行过任何任务。请打开项目并点击“运行”。</translation>
    </message>
    <message>
        <source>Select a job first.</source>
        <translation>请先选择任务。</translation>
    </message>
    <message>
        <source>Only a queued or running job can be cancelled.</source>
        <translation>只有排队中或运行中的任务可以取消。</translation>
    </message>
    <message>
        <source>Only a failed, cancelled or interrupted job can be started again.</source>
        <translation>只有失败、已取消或中断的任务可以重新开始。</translation>
    </message>
    <message>
        <source>A job that is queued or running stays on the list.</source>
        <translation>排队中或运行中的任务会保留在列表中。</translation>
    </message>
    <message>
        <source>The program ended while this job was running. Nothing half-written was kept; start it again.</source>
        <translation>此任务运行时程序已结束。未保留任何未写完的内容；请重新开始。</translation>
    </message>
    <message>
        <source>Log…</source>
        <translation>日志…</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>It runs in another program and can be paused there.</source>
        <translation>它在另一个程序中运行，可在那里暂停。</translation>
    </message>
    <message>
        <source>Only a job that is reading frames can be paused.</source>
        <translation>只有正在读取帧的任务才能暂停。</translation>
    </message>
</context>
<context>
    <name>cvd::ui::JudgeDialog</name>
    <message>
        <source>Stationary time from %1 to %2 s</source>
        <translation>静止时间 %1 至 %2 秒</translation>
    </message>
    <message>
        <source>Judge again</source>
        <translation>重新评判</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The tracks of this result are judged under the profile you choose, with the project&apos;s calibration of today and without another detection. The result stands beside the old one (%1) and takes over the verdicts that still apply.</source>
        <translation>此结果的轨迹将按您选择的方案和项目当前的标定重新评判，无需再次检测。新结果与原结果（%1）并存，并沿用仍然适用的结论。</translation>
    </message>
    <message>
        <source>Rule &amp;profile</source>
        <translation>规则方案(&amp;P)</translation>
    </message>
    <message>
        <source>It is being judged.</source>
        <translation>正在评判。</translation>
    </message>
    <message>
        <source>The work &amp;goes on after this video</source>
        <translation>此视频之后作业仍将继续(&amp;G)</translation>
    </message>
    <message>
        <source>Pokers from a &amp;score of</source>
        <translation>计入振捣棒的最低得分(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Cells of the coverage map</source>
        <translation>覆盖图网格(&amp;C)</translation>
    </message>
    <message>
        <source>What the network is less sure of is not counted as a poker. Lower finds more and is wrong more often.</source>
        <translation>网络把握低于此值的目标不计为振捣棒。调低可找到更多，但误判也更多。</translation>
    </message>
    <message>
        <source>Ground that the work has not reached by the end of the video is not observed then, instead of missed.</source>
        <translation>到视频结束时尚未作业到的地方记为未观察到，而不是漏振。</translation>
    </message>
</context>
<context>
    <name>cvd::ui::KeyRegistry</name>
    <message>
        <source>Projects</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Audit trail</source>
        <translation>审计记录</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Import video…</source>
        <translation>导入视频…</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Open project</source>
        <translation>打开项目</translation>
    </message>
    <message>
        <source>Delete project…</source>
        <translation>删除项目…</translation>
    </message>
    <message>
        <source>Cards or list</source>
        <translation>卡片或列表</translation>
    </message>
    <message>
        <source>Run detection</source>
        <translation>运行检测</translation>
    </message>
    <message>
        <source>Cancel detection</source>
        <translation>取消检测</translation>
    </message>
    <message>
        <source>Review the result</source>
        <translation>复核结果</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Change password…</source>
        <translation>更改密码…</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>About CVD-MIS</source>
        <translation>关于 CVD-MIS</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>action with its key</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Dashboard</source>
        <translation>仪表板</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>全局</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>复核</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>标定</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>User guide</source>
        <translation>用户指南</translation>
    </message>
    <message>
        <source>Rule profiles</source>
        <translation>规则方案</translation>
    </message>
    <message>
        <source>First-use tour</source>
        <translation>入门导览</translation>
    </message>
    <message>
        <source>Pause or resume detection</source>
        <translation>暂停或继续检测</translation>
    </message>
</context>
<context>
    <name>cvd::ui::KeySheet</name>
    <message>
        <source>No action or key contains this text.</source>
        <translation>没有操作或按键包含此文字。</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Search actions and keys</source>
        <translation>搜索操作和按键</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation>保存为 PDF…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>CVD-MIS keyboard shortcuts</source>
        <translation>CVD-MIS 键盘快捷键</translation>
    </message>
    <message>
        <source>Save the keys as PDF</source>
        <translation>将快捷键保存为 PDF</translation>
    </message>
    <message>
        <source>PDF files (*.pdf)</source>
        <translation>PDF 文件 (*.pdf)</translation>
    </message>
</context>
<context>
    <name>cvd::ui::KeysEditor</name>
    <message>
        <source>Changed by you</source>
        <translation>已由您更改</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>action, page</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Choose an action in the list first.</source>
        <translation>请先在列表中选择一个操作。</translation>
    </message>
    <message>
        <source>Press the new key in the field first.</source>
        <translation>请先在输入框中按下新的按键。</translation>
    </message>
    <message>
        <source>This action has no key.</source>
        <translation>此操作没有按键。</translation>
    </message>
    <message>
        <source>This action has its usual key.</source>
        <translation>此操作使用默认按键。</translation>
    </message>
    <message>
        <source>Every action has its usual key.</source>
        <translation>所有操作都使用默认按键。</translation>
    </message>
    <message>
        <source>%1 belongs to %2. If you set it here, it is taken away there.</source>
        <comment>key, action</comment>
        <translation>%1 已用于%2。若在此设置，将从那里移除。</translation>
    </message>
    <message>
        <source>Search actions and keys</source>
        <translation>搜索操作和按键</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation>操作及其按键</translation>
    </message>
    <message>
        <source>&amp;New key</source>
        <translation>新按键(&amp;N)</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>新按键</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>无按键</translation>
    </message>
    <message>
        <source>Usual key</source>
        <translation>默认按键</translation>
    </message>
    <message>
        <source>All usual keys</source>
        <translation>全部默认按键</translation>
    </message>
</context>
<context>
    <name>cvd::ui::LimitsModel</name>
    <message>
        <source>%1 to %2</source>
        <comment>smallest and largest value</comment>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>Measuring</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>This profile sets no such limit: nothing is judged by it.</source>
        <translation>此方案未设置该限值：不据此评判。</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>限值</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>允许范围</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>核对程度</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
</context>
<context>
    <name>cvd::ui::MainWindow</name>
    <message>
        <source>First-use tour</source>
        <translation>入门导览</translation>
    </message>
    <message>
        <source>Close the open dialog first; the tour is in the help menu.</source>
        <translation>请先关闭打开的对话框；导览在帮助菜单中。</translation>
    </message>
    <message>
        <source>Sign in first; the tour is in the help menu.</source>
        <translation>请先登录；导览在帮助菜单中。</translation>
    </message>
</context>
<context>
    <name>cvd::ui::ModelsModel</name>
    <message>
        <source>Boxes and poker ends</source>
        <translation>方框与振捣棒两端</translation>
    </message>
    <message>
        <source>YOLOX boxes</source>
        <translation>YOLOX 方框</translation>
    </message>
    <message>
        <source>YOLOv8 boxes</source>
        <translation>YOLOv8 方框</translation>
    </message>
    <message>
        <source>Boxes, then a mask</source>
        <translation>先方框，后掩膜</translation>
    </message>
    <message>
        <source>%1 (default)</source>
        <comment>model</comment>
        <translation>%1（默认）</translation>
    </message>
    <message>
        <source>With the program</source>
        <translation>随程序提供</translation>
    </message>
    <message>
        <source>Added %1</source>
        <translation>添加于 %1</translation>
    </message>
    <message>
        <source>Cannot be used</source>
        <translation>无法使用</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Input, px</source>
        <translation>输入（像素）</translation>
    </message>
    <message>
        <source>Finds</source>
        <translation>识别</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>来源</translation>
    </message>
</context>
<context>
    <name>cvd::ui::ModelsPage</name>
    <message>
        <source>Only administrators change the models.</source>
        <translation>只有管理员可以更改模型。</translation>
    </message>
    <message>
        <source>A model is being imported.</source>
        <translation>正在导入模型。</translation>
    </message>
    <message>
        <source>Select a model first.</source>
        <translation>请先选择模型。</translation>
    </message>
    <message>
        <source>It is the default already.</source>
        <translation>它已是默认模型。</translation>
    </message>
    <message>
        <source>It came with the program and cannot be removed.</source>
        <translation>它随程序提供，不能移除。</translation>
    </message>
    <message>
        <source>No model is installed. Detections cannot run without one.</source>
        <translation>没有安装模型。没有模型就无法检测。</translation>
    </message>
    <message>
        <source>In short</source>
        <translation>概要</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>Thresholds</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>This model has no card.</source>
        <translation>此模型没有说明卡。</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>Models (%1);;All files (%2)</source>
        <translation>模型 (%1);;所有文件 (%2)</translation>
    </message>
    <message>
        <source>%1 was imported: %2, input %3 × %4, %5 s for a frame on this processor.</source>
        <translation>已导入 %1：%2，输入 %3 × %4，在本机处理器上每帧 %5 秒。</translation>
    </message>
    <message>
        <source>It came without a manifest; its classes are assumed.</source>
        <translation>它没有清单，类别是推定的。</translation>
    </message>
    <message>
        <source>Remove model</source>
        <translation>移除模型</translation>
    </message>
    <message>
        <source>Remove %1 from this computer? Results that were made with it stay, and keep its name and hash.</source>
        <translation>从此计算机移除 %1？用它得出的结果会保留，并保留其名称和哈希。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Import model…</source>
        <translation>导入模型…</translation>
    </message>
    <message>
        <source>Make default</source>
        <translation>设为默认</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Trying %1…</source>
        <translation>正在试运行 %1…</translation>
    </message>
    <message>
        <source>Model card</source>
        <translation>模型说明卡</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>正在取消…</translation>
    </message>
    <message>
        <source>This model&apos;s card is not there in your language.</source>
        <translation>此模型卡没有中文版本。</translation>
    </message>
</context>
<context>
    <name>cvd::ui::OriginalImportDialog</name>
    <message>
        <source>Would be taken over</source>
        <translation>将被接管</translation>
    </message>
    <message>
        <source>Taken over</source>
        <translation>已接管</translation>
    </message>
    <message>
        <source>Taken over before</source>
        <translation>此前已接管</translation>
    </message>
    <message>
        <source>Somebody of this name is here</source>
        <translation>这里已有同名用户</translation>
    </message>
    <message>
        <source>Not taken over</source>
        <translation>未接管</translation>
    </message>
    <message>
        <source>Take over the original system</source>
        <translation>接管原系统</translation>
    </message>
    <message>
        <source>People, projects and videos come from the original system&apos;s MySQL database and media folder, which are only read. Passwords are hashed on the way and have to be changed at the next sign-in. It is safe to do this again.</source>
        <translation>人员、项目和视频来自原系统的 MySQL 数据库和媒体文件夹，只读取不修改。密码在接管时加密存储，下次登录时必须更改。可以放心重复执行。</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Leave the videos where they are instead of copying them</source>
        <translation>视频留在原处而不复制</translation>
    </message>
    <message>
        <source>Take no passwords over; I give everybody a new one</source>
        <translation>不接管密码；由我为每人设置新密码</translation>
    </message>
    <message>
        <source>&amp;Database of the original</source>
        <translation>原系统的数据库(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Password of its server</source>
        <translation>其服务器的密码(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Media folder</source>
        <translation>媒体文件夹(&amp;M)</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>What is taken over</source>
        <translation>接管的内容</translation>
    </message>
    <message>
        <source>Look first</source>
        <translation>先查看</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>接管</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Choose the media folder</source>
        <translation>选择媒体文件夹</translation>
    </message>
    <message>
        <source>It is running.</source>
        <translation>正在运行。</translation>
    </message>
    <message>
        <source>Say where the original&apos;s database is.</source>
        <translation>请填写原系统的数据库。</translation>
    </message>
    <message>
        <source>Say where the original&apos;s media folder is.</source>
        <translation>请填写原系统的媒体文件夹。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Needs a new password</source>
        <translation>需要新密码</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>%1 people and %2 projects would be taken over, %3 projects not. Nothing changed.</source>
        <translation>将接管 %1 名人员和 %2 个项目，%3 个项目不接管。未作任何更改。</translation>
    </message>
    <message>
        <source>%1 people and %2 projects were taken over, %3 projects not.</source>
        <translation>已接管 %1 名人员和 %2 个项目，%3 个项目未接管。</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>请稍候…</translation>
    </message>
</context>
<context>
    <name>cvd::ui::Overlay</name>
    <message>
        <source>in concrete %1</source>
        <translation>在混凝土中 %1</translation>
    </message>
    <message>
        <source>in concrete</source>
        <translation>在混凝土中</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>人工</translation>
    </message>
</context>
<context>
    <name>cvd::ui::OverlayPanel</name>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>Show over the video</source>
        <translation>在视频上显示</translation>
    </message>
    <message>
        <source>Boxes</source>
        <translation>检测框</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Poker points</source>
        <translation>振捣棒关键点</translation>
    </message>
    <message>
        <source>Tails</source>
        <translation>轨迹尾迹</translation>
    </message>
    <message>
        <source>Insertion discs</source>
        <translation>插点圆</translation>
    </message>
    <message>
        <source>Pour region</source>
        <translation>浇筑区域</translation>
    </message>
    <message>
        <source>Heat map</source>
        <translation>热力图</translation>
    </message>
    <message>
        <source>Hide detections less sure than</source>
        <translation>隐藏置信度低于此值的检测</translation>
    </message>
    <message>
        <source>Score threshold: %1</source>
        <translation>置信度阈值：%1</translation>
    </message>
    <message>
        <source>Form lines</source>
        <translation>模板线</translation>
    </message>
    <message>
        <source>Opacity: %1</source>
        <translation>不透明度：%1</translation>
    </message>
    <message>
        <source>All, opacity</source>
        <translation>全部的不透明度</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>覆盖</translation>
    </message>
    <message>
        <source>Planned grid</source>
        <translation>计划布点</translation>
    </message>
    <message>
        <source>Switch this layer on first.</source>
        <translation>请先打开此图层。</translation>
    </message>
    <message>
        <source>Untracked, too</source>
        <translation>含未跟踪的</translation>
    </message>
</context>
<context>
    <name>cvd::ui::Pager</name>
    <message>
        <source>%1–%2 of %3</source>
        <comment>rows shown, of how many</comment>
        <translation>%1–%2，共 %3</translation>
    </message>
    <message>
        <source>This is the first page.</source>
        <translation>这是第一页。</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>This is the last page.</source>
        <translation>这是最后一页。</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>%1–%2 of more than %3</source>
        <comment>rows shown, of how many</comment>
        <translation>第 %1–%2 条，共 %3 条以上</translation>
    </message>
</context>
<context>
    <name>cvd::ui::PasswordDialog</name>
    <message>
        <source>Change password</source>
        <translation>更改密码</translation>
    </message>
    <message>
        <source>Reset password of %1</source>
        <translation>重置 %1 的密码</translation>
    </message>
    <message>
        <source>Current &amp;password</source>
        <translation>当前密码(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;New password</source>
        <translation>新密码(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Repeat it</source>
        <translation>再次输入(&amp;R)</translation>
    </message>
    <message>
        <source>Reset password</source>
        <translation>重置密码</translation>
    </message>
    <message>
        <source>Enter the current password first.</source>
        <translation>请先输入当前密码。</translation>
    </message>
    <message>
        <source>The two new passwords differ.</source>
        <translation>两次输入的新密码不一致。</translation>
    </message>
</context>
<context>
    <name>cvd::ui::PasswordFields</name>
    <message>
        <source>Type a password first.</source>
        <translation>请先输入密码。</translation>
    </message>
    <message>
        <source>Type the password a second time.</source>
        <translation>请再次输入密码。</translation>
    </message>
    <message>
        <source>The two passwords differ.</source>
        <translation>两次输入的密码不一致。</translation>
    </message>
    <message numerus="yes">
        <source>At least %n characters; a few words are good.</source>
        <translation>
            <numerusform>至少 %n 个字符；用几个词组成为宜。</numerusform>
        </translation>
    </message>
    <message>
        <source>Weak: easy to guess</source>
        <translation>弱：容易被猜到</translation>
    </message>
    <message>
        <source>Fair</source>
        <translation>一般</translation>
    </message>
    <message>
        <source>Strong</source>
        <translation>强</translation>
    </message>
    <message>
        <source>New &amp;password</source>
        <translation>新密码(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Repeat the password</source>
        <translation>再次输入密码(&amp;R)</translation>
    </message>
</context>
<context>
    <name>cvd::ui::PlanPanel</name>
    <message>
        <source>treated</source>
        <translation>已振</translation>
    </message>
    <message>
        <source>missed</source>
        <translation>漏振</translation>
    </message>
    <message>
        <source>not observed</source>
        <translation>未观测</translation>
    </message>
    <message>
        <source>still to do</source>
        <translation>待振</translation>
    </message>
    <message>
        <source>outside the pour region</source>
        <translation>浇筑区域之外</translation>
    </message>
    <message>
        <source>The plan cannot be written to %1: %2</source>
        <translation>无法将平面图写入 %1：%2</translation>
    </message>
    <message>
        <source>Draw the pour region in the calibration to see what was treated.</source>
        <translation>在标定中绘制浇筑区域后即可看到已振范围。</translation>
    </message>
    <message>
        <source>The plan cannot be drawn</source>
        <translation>无法绘制平面图</translation>
    </message>
    <message>
        <source>No result yet</source>
        <translation>尚无结果</translation>
    </message>
    <message>
        <source>Calibrate the camera now, then run the detection: spacing, coverage and distances to the form are judged in metres.</source>
        <translation>请先标定摄像机，再运行检测：间距、覆盖和到模板的距离将以米为单位判定。</translation>
    </message>
    <message>
        <source>This result knows no metres</source>
        <translation>此结果没有米制尺度</translation>
    </message>
    <message>
        <source>Mark four points with known distances in the picture and draw the pour region; the result can then be judged again within seconds, without another detection.</source>
        <translation>在画面中标出四个距离已知的点并绘制浇筑区域；之后数秒内即可重新判定，无需再次检测。</translation>
    </message>
    <message>
        <source>Point at the plan to read its seconds and insertions; click to go to the moment.</source>
        <translation>将鼠标移到平面图上可读取秒数和插点；单击跳转到该时刻。</translation>
    </message>
    <message>
        <source>in doubt by %1</source>
        <translation>存疑，误差 %1</translation>
    </message>
    <message>
        <source>%1 within R</source>
        <translation>R 内 %1</translation>
    </message>
    <message>
        <source>insertions %1</source>
        <translation>插点 %1</translation>
    </message>
    <message>
        <source>Save the plan</source>
        <translation>保存平面图</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG 图片 (*.png)</translation>
    </message>
    <message>
        <source>CSV tables (*.csv)</source>
        <translation>CSV 表格 (*.csv)</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>覆盖</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>秒数</translation>
    </message>
    <message>
        <source>Lines only</source>
        <translation>仅线条</translation>
    </message>
    <message>
        <source>What the plan is filled with</source>
        <translation>平面图的填充内容</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>What is drawn in the plan</source>
        <translation>平面图中显示的内容</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Save the plan as a picture or its cells as a table</source>
        <translation>将平面图保存为图片，或将单元格保存为表格</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Show the whole pour (0)</source>
        <translation>显示整个浇筑区 (0)</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>放大 (+)</translation>
    </message>
    <message>
        <source>Zoom out (−)</source>
        <translation>缩小 (−)</translation>
    </message>
    <message>
        <source>Radius of action of each insertion</source>
        <translation>各插点的作用半径</translation>
    </message>
    <message>
        <source>Numbers of the insertions</source>
        <translation>插点编号</translation>
    </message>
    <message>
        <source>Order of work</source>
        <translation>作业顺序</translation>
    </message>
    <message>
        <source>Gaps with their size</source>
        <translation>漏振空隙及其大小</translation>
    </message>
    <message>
        <source>Form lines and obstacles</source>
        <translation>模板线和障碍物</translation>
    </message>
    <message>
        <source>Cells in doubt (error of the places)</source>
        <translation>存疑单元格（位置误差）</translation>
    </message>
    <message>
        <source>Planned grid and next point</source>
        <translation>计划布点与下一点</translation>
    </message>
    <message>
        <source>Only up to the shown frame</source>
        <translation>仅到当前帧为止</translation>
    </message>
    <message>
        <source>Picture (PNG)…</source>
        <translation>图片 (PNG)…</translation>
    </message>
    <message>
        <source>Cells (CSV)…</source>
        <translation>单元格 (CSV)…</translation>
    </message>
    <message>
        <source>Plan: the pour from above</source>
        <translation>平面图：浇筑区俯视</translation>
    </message>
    <message>
        <source>Up and Down go through the insertions, plus and minus zoom, 0 shows all.</source>
        <translation>上下键逐个选择插点，加减键缩放，0 显示全部。</translation>
    </message>
    <message>
        <source>Calibrate…</source>
        <translation>标定…</translation>
    </message>
    <message>
        <source>plan</source>
        <translation>平面图</translation>
    </message>
</context>
<context>
    <name>cvd::ui::PlayerWidget</name>
    <message>
        <source>Opening the video…</source>
        <translation>正在打开视频…</translation>
    </message>
    <message>
        <source>No video is open.</source>
        <translation>没有打开的视频。</translation>
    </message>
    <message>
        <source>The findings can be read all the same.</source>
        <translation>检测结果仍可查看。</translation>
    </message>
    <message>
        <source>%1   f %2 / %3</source>
        <translation>%1   帧 %2 / %3</translation>
    </message>
    <message>
        <source>--:--.--   f - / -</source>
        <translation>--:--.--   帧 - / -</translation>
    </message>
    <message>
        <source>backwards</source>
        <translation>倒放</translation>
    </message>
    <message>
        <source>not analysed</source>
        <translation>未分析</translation>
    </message>
    <message>
        <source>There is no video to show.</source>
        <translation>没有可显示的视频。</translation>
    </message>
    <message>
        <source>Time, up to %1</source>
        <translation>时间，最大 %1</translation>
    </message>
    <message>
        <source>Frame 0 to %1</source>
        <translation>帧号 0 到 %1</translation>
    </message>
    <message>
        <source>Write a time like 1:23.40</source>
        <translation>请按 1:23.40 的格式输入时间</translation>
    </message>
    <message>
        <source>Write a whole number</source>
        <translation>请输入整数</translation>
    </message>
    <message>
        <source>The snapshot cannot be written to %1: %2</source>
        <translation>无法将快照写入 %1：%2</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>已保存 %1</translation>
    </message>
    <message>
        <source>Video picture</source>
        <translation>视频画面</translation>
    </message>
    <message>
        <source>Control and wheel zoom at the cursor, dragging moves the enlarged picture, a double click fills the screen.</source>
        <translation>按住 Control 并滚动滚轮可在光标处缩放，拖动可移动放大后的画面，双击可全屏显示。</translation>
    </message>
    <message>
        <source>Time from the first frame, frame on screen counted from 0, number of frames</source>
        <translation>从首帧起的时间、当前帧号（从 0 起计）、总帧数</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Speed (slower [, faster ], normal Backspace)</source>
        <translation>速度（减速 [，加速 ]，正常 Backspace）</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Overlays</source>
        <translation>叠加层</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>heard when playing forwards at normal speed</source>
        <translation>以正常速度正向播放时可听到</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>音量</translation>
    </message>
    <message>
        <source>Range %1</source>
        <translation>范围 %1</translation>
    </message>
</context>
<context>
    <name>cvd::ui::ProfileChoice</name>
    <message>
        <source>%1 (version %2)</source>
        <translation>%1（版本 %2）</translation>
    </message>
</context>
<context>
    <name>cvd::ui::ProfileEditor</name>
    <message>
        <source>Nothing was changed.</source>
        <translation>没有任何改动。</translation>
    </message>
    <message>
        <source>Enter a value from %1 to %2 %3.</source>
        <comment>smallest, largest, unit</comment>
        <translation>请输入 %1 至 %2 %3 之间的数值。</translation>
    </message>
    <message>
        <source>This must be smaller than “%1”.</source>
        <translation>此值必须小于“%1”。</translation>
    </message>
    <message>
        <source>Name the source, or choose “%1”.</source>
        <translation>请注明来源，或选择“%1”。</translation>
    </message>
    <message>
        <source>Every profile needs this limit.</source>
        <translation>每个方案都需要此限值。</translation>
    </message>
    <message>
        <source>Give the profile a name in one language at least.</source>
        <translation>请至少用一种语言为方案命名。</translation>
    </message>
    <message>
        <source>This limit is not set.</source>
        <translation>此限值未设置。</translation>
    </message>
    <message>
        <source>Enter a number.</source>
        <translation>请输入数字。</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>没有可撤销的操作。</translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation>没有可重做的操作。</translation>
    </message>
    <message>
        <source>New rule profile</source>
        <translation>新建规则方案</translation>
    </message>
    <message>
        <source>Edit version %1</source>
        <comment>profile</comment>
        <translation>编辑版本 %1</translation>
    </message>
    <message>
        <source>Saving makes the next version. Results keep the version that they were judged with. Another number loses its source until you name one for it.</source>
        <translation>保存后生成下一版本。已有结果保留其评判时所用的版本。数值一经改动即失去原来源，直到您为其注明来源。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>&amp;Name in English</source>
        <translation>英文名称(&amp;N)</translation>
    </message>
    <message>
        <source>Name in &amp;Chinese</source>
        <translation>中文名称(&amp;C)</translation>
    </message>
    <message>
        <source>Description in English</source>
        <translation>英文说明</translation>
    </message>
    <message>
        <source>Description in Chinese</source>
        <translation>中文说明</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>限值</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>允许范围</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>核对程度</translation>
    </message>
    <message>
        <source>Source of: %1</source>
        <translation>来源：%1</translation>
    </message>
    <message>
        <source>How far it was checked: %1</source>
        <translation>核对程度：%1</translation>
    </message>
</context>
<context>
    <name>cvd::ui::ProfilesModel</name>
    <message>
        <source>%1 (default)</source>
        <comment>profile</comment>
        <translation>%1（默认）</translation>
    </message>
    <message>
        <source>Shipped</source>
        <translation>随程序</translation>
    </message>
    <message>
        <source>Own</source>
        <translation>自有</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>规则方案</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
</context>
<context>
    <name>cvd::ui::ProfilesPage</name>
    <message>
        <source>Version %1 · %2 · with the program, read only</source>
        <comment>version, id</comment>
        <translation>版本 %1 · %2 · 随程序提供，只读</translation>
    </message>
    <message>
        <source>Only administrators change the profiles.</source>
        <translation>只有管理员可以修改方案。</translation>
    </message>
    <message>
        <source>Select a profile first.</source>
        <translation>请先选择一个方案。</translation>
    </message>
    <message>
        <source>It came with the program and stays as it is. Copy it and change the copy.</source>
        <translation>它随程序提供，保持不变。请复制后修改副本。</translation>
    </message>
    <message>
        <source>It is the default already.</source>
        <translation>它已经是默认方案。</translation>
    </message>
    <message>
        <source>New runs are judged with it unless another one is chosen.</source>
        <translation>新检测默认按它评判，除非另选其他方案。</translation>
    </message>
    <message>
        <source>It is the default of new runs. Choose another default first.</source>
        <translation>它是新检测的默认方案。请先选择另一个默认方案。</translation>
    </message>
    <message>
        <source>Leave the profile</source>
        <translation>离开方案编辑</translation>
    </message>
    <message>
        <source>The changes of this profile are not saved.</source>
        <translation>此方案的改动尚未保存。</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>放弃改动</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>%1 was saved as version %2.</source>
        <comment>profile</comment>
        <translation>%1 已保存为版本 %2。</translation>
    </message>
    <message>
        <source>Choose a rule profile</source>
        <translation>选择规则方案</translation>
    </message>
    <message>
        <source>Rule profiles (%1);;All files (%2)</source>
        <translation>规则方案 (%1);;所有文件 (%2)</translation>
    </message>
    <message>
        <source>%1 is there already.</source>
        <comment>profile</comment>
        <translation>%1 已经存在。</translation>
    </message>
    <message>
        <source>%1 was imported as %2.</source>
        <comment>profile, id</comment>
        <translation>%1 已导入为 %2。</translation>
    </message>
    <message>
        <source>Export the rule profile</source>
        <translation>导出规则方案</translation>
    </message>
    <message>
        <source>The profile was written to %1.</source>
        <translation>方案已写入 %1。</translation>
    </message>
    <message>
        <source>New runs are judged with %1.</source>
        <translation>新检测将按 %1 评判。</translation>
    </message>
    <message>
        <source>Delete profile</source>
        <translation>删除方案</translation>
    </message>
    <message>
        <source>Delete %1 from this computer? Results that were judged with it stay, and keep it.</source>
        <translation>从本机删除 %1？按它评判的结果仍然保留，并保存其内容。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>%1 was deleted.</source>
        <comment>profile</comment>
        <translation>已删除 %1。</translation>
    </message>
    <message>
        <source>Rule profiles</source>
        <translation>规则方案</translation>
    </message>
    <message>
        <source>Copy as own profile…</source>
        <translation>复制为自有方案…</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Make default</source>
        <translation>设为默认</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Limits of the profile</source>
        <translation>方案的限值</translation>
    </message>
    <message>
        <source>Version %1 · %2 · own profile of this computer account, changed %3</source>
        <comment>version, id, date</comment>
        <translation>版本 %1 · %2 · 本机账户的自有方案，修改于 %3</translation>
    </message>
    <message>
        <source>The program ended before the changes of %1 were saved. They are back; save them, or undo.</source>
        <translation>程序在 %1 的更改保存之前结束了。这些更改已取回：请保存，或撤销。</translation>
    </message>
</context>
<context>
    <name>cvd::ui::ProjectModel</name>
    <message>
        <source>%1, %2, %3</source>
        <comment>project, state, violations</comment>
        <translation>%1，%2，%3</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>所有者</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>Duration (min:s)</source>
        <translation>时长（分:秒）</translation>
    </message>
    <message>
        <source>Violations</source>
        <translation>违规</translation>
    </message>
</context>
<context>
    <name>cvd::ui::ProjectPage</name>
    <message>
        <source>Edit project</source>
        <translation>编辑项目</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Description</source>
        <translation>说明(&amp;D)</translation>
    </message>
    <message>
        <source>Open a project first.</source>
        <translation>请先打开项目。</translation>
    </message>
    <message>
        <source>A detection of this project is queued or running.</source>
        <translation>此项目有检测正在排队或运行。</translation>
    </message>
    <message>
        <source>The video file is gone: %1</source>
        <translation>视频文件已不存在：%1</translation>
    </message>
    <message>
        <source>The video file is not the one that was imported: %1</source>
        <translation>视频文件与导入时的不同：%1</translation>
    </message>
    <message>
        <source>No detection runs.</source>
        <translation>没有正在运行的检测。</translation>
    </message>
    <message>
        <source>There is no result yet. Run the detection first.</source>
        <translation>还没有结果。请先运行检测。</translation>
    </message>
    <message>
        <source>A detection of this project is queued or running. Cancel it first.</source>
        <translation>此项目有检测正在排队或运行。请先取消检测。</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>正在取消…</translation>
    </message>
    <message>
        <source>Delete project</source>
        <translation>删除项目</translation>
    </message>
    <message>
        <source>Delete “%1” with its results and reviews? A copied video is deleted too; a linked one stays. This cannot be undone.</source>
        <translation>删除“%1”及其结果和复核记录？复制到媒体库的视频也会被删除；链接的视频会保留。此操作无法撤销。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Choose a calibration file</source>
        <translation>选择标定文件</translation>
    </message>
    <message>
        <source>Calibration (%1);;All files (%2)</source>
        <translation>标定 (%1);;所有文件 (%2)</translation>
    </message>
    <message>
        <source>Linked: %1</source>
        <translation>已链接：%1</translation>
    </message>
    <message>
        <source>Copied into the library, %1</source>
        <translation>已复制到媒体库，%1</translation>
    </message>
    <message>
        <source>Missing: %1</source>
        <translation>缺失：%1</translation>
    </message>
    <message>
        <source>Changed since the import: %1</source>
        <translation>导入后已被更改：%1</translation>
    </message>
    <message>
        <source>%1 (%2 frames)</source>
        <comment>duration, count</comment>
        <translation>%1（%2 帧）</translation>
    </message>
    <message>
        <source>Calibrated: distances are judged in metres</source>
        <translation>已标定：距离以米为单位判定</translation>
    </message>
    <message>
        <source>None: spacing and coverage cannot be judged</source>
        <translation>无：无法判断插点间距和覆盖范围</translation>
    </message>
    <message>
        <source>Replace…</source>
        <translation>替换…</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>There is no calibration.</source>
        <translation>没有标定。</translation>
    </message>
    <message>
        <source>A detection is running.</source>
        <translation>检测正在运行。</translation>
    </message>
    <message>
        <source>Waiting for its turn</source>
        <translation>正在排队等待</translation>
    </message>
    <message>
        <source>The last detection was cancelled. Nothing of it was kept.</source>
        <translation>上次检测已取消，未保留任何内容。</translation>
    </message>
    <message>
        <source>The last detection was interrupted because the program ended. Run it again.</source>
        <translation>上次检测因程序结束而中断。请重新运行。</translation>
    </message>
    <message>
        <source>The last detection ended %1.</source>
        <translation>上次检测结束于 %1。</translation>
    </message>
    <message>
        <source>%1 · %2 frames/s · %3</source>
        <comment>stage, speed, time left</comment>
        <translation>%1 · %2 帧/秒 · %3</translation>
    </message>
    <message>
        <source>%1, version %2</source>
        <comment>profile</comment>
        <translation>%1，版本 %2</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Run detection</source>
        <translation>运行检测</translation>
    </message>
    <message>
        <source>Cancel detection</source>
        <translation>取消检测</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>复核</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Detection</source>
        <translation>检测</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>No results yet. Run the detection; each run is kept here with the profile and model it used.</source>
        <translation>还没有结果。请运行检测；每次运行的结果都会连同所用的规则方案和检测模型保存在这里。</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>画面</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>所有者</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>Rule &amp;profile</source>
        <translation>规则方案(&amp;P)</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>标定</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>检测模型</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Back to the projects</source>
        <translation>返回项目列表</translation>
    </message>
    <message>
        <source>Frame of the video</source>
        <translation>视频帧</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>完成时间</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>规则方案</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Frames/s</source>
        <translation>帧/秒</translation>
    </message>
    <message>
        <source>Insertions</source>
        <translation>插棒</translation>
    </message>
    <message>
        <source>Violations</source>
        <translation>违规</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>待复核</translation>
    </message>
    <message>
        <source>%1, version %2</source>
        <comment>model</comment>
        <translation>%1，版本 %2</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>Calibrate…</source>
        <translation>标定…</translation>
    </message>
    <message>
        <source>Report, tables, clips and evidence package of the selected result</source>
        <translation>所选结果的报告、表格、片段和证据包</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>No model is installed. Import one on the page Models.</source>
        <translation>尚未安装模型。请在“模型”页导入一个。</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>It runs in another program and can be paused there.</source>
        <translation>它在另一个程序中运行，可在那里暂停。</translation>
    </message>
    <message>
        <source>All frames are read; there is nothing to pause.</source>
        <translation>全部帧已读完，无需暂停。</translation>
    </message>
    <message>
        <source>Paused · %1</source>
        <comment>stage</comment>
        <translation>已暂停 · %1</translation>
    </message>
</context>
<context>
    <name>cvd::ui::ProjectText</name>
    <message>
        <source>Not started</source>
        <translation>未开始</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Not judged yet</source>
        <translation>尚未判定</translation>
    </message>
    <message>
        <source>No violations</source>
        <translation>无违规</translation>
    </message>
    <message numerus="yes">
        <source>%n reviewed</source>
        <comment>violations</comment>
        <translation>
            <numerusform>已复核 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 to review</source>
        <comment>violations</comment>
        <translation>待复核 %1 / %2</translation>
    </message>
    <message>
        <source>%1 × %2, %3 frames/s, %4</source>
        <comment>width, height, frame rate, codec</comment>
        <translation>%1 × %2，%3 帧/秒，%4</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>正在准备</translation>
    </message>
    <message>
        <source>Judging</source>
        <translation>正在判定</translation>
    </message>
    <message>
        <source>Writing the result</source>
        <translation>正在写入结果</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>percent, time left</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1, version %2</source>
        <comment>model or profile</comment>
        <translation>%1，版本 %2</translation>
    </message>
    <message>
        <source>Not installed</source>
        <translation>未安装</translation>
    </message>
</context>
<context>
    <name>cvd::ui::ProjectsPage</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Delete project</source>
        <translation>删除项目</translation>
    </message>
    <message>
        <source>Delete “%1” with its results and reviews? A copied video is deleted too; a linked one stays. This cannot be undone.</source>
        <translation>删除“%1”及其结果和复核记录？复制到媒体库的视频也会被删除；链接的视频会保留。此操作无法撤销。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Projects</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Import video…</source>
        <translation>导入视频…</translation>
    </message>
    <message>
        <source>All states</source>
        <translation>全部状态</translation>
    </message>
    <message>
        <source>Any date</source>
        <translation>不限日期</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>Last 365 days</source>
        <translation>最近 365 天</translation>
    </message>
    <message>
        <source>By date</source>
        <translation>按日期</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>按名称</translation>
    </message>
    <message>
        <source>By owner</source>
        <translation>按所有者</translation>
    </message>
    <message>
        <source>By state</source>
        <translation>按状态</translation>
    </message>
    <message>
        <source>By duration</source>
        <translation>按时长</translation>
    </message>
    <message>
        <source>All owners</source>
        <translation>全部所有者</translation>
    </message>
    <message>
        <source>Descending: click for ascending</source>
        <translation>降序：单击改为升序</translation>
    </message>
    <message>
        <source>Ascending: click for descending</source>
        <translation>升序：单击改为降序</translation>
    </message>
    <message>
        <source>Cards or list</source>
        <translation>卡片或列表</translation>
    </message>
    <message>
        <source>Filter by state</source>
        <translation>按状态筛选</translation>
    </message>
    <message>
        <source>Filter by owner</source>
        <translation>按所有者筛选</translation>
    </message>
    <message>
        <source>Filter by date</source>
        <translation>按日期筛选</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>No projects yet</source>
        <translation>还没有项目</translation>
    </message>
    <message>
        <source>Import a video of a concrete pour, or drop one anywhere on this window.</source>
        <translation>请导入混凝土浇筑视频，或将视频拖放到此窗口的任意位置。</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>没有匹配项</translation>
    </message>
    <message>
        <source>No project fits the search and the filters.</source>
        <translation>没有符合搜索和筛选条件的项目。</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
</context>
<context>
    <name>cvd::ui::RangeChip</name>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>To</source>
        <translation>到</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>从 %1 起</translation>
    </message>
    <message>
        <source>up to %1</source>
        <translation>至 %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Filter by %1</source>
        <translation>按%1筛选</translation>
    </message>
</context>
<context>
    <name>cvd::ui::ReviewCharts</name>
    <message>
        <source>No insertion of a poker was seen.</source>
        <translation>未看到插棒。</translation>
    </message>
    <message>
        <source>This video has not been judged yet. Run the detection first.</source>
        <translation>此视频尚未判定。请先运行检测。</translation>
    </message>
    <message>
        <source>There is no violation, or every one was called a false alarm.</source>
        <translation>没有违规，或全部已被判为误报。</translation>
    </message>
    <message>
        <source>Violations that were called false alarms are left out.</source>
        <translation>不含已判为误报的违规。</translation>
    </message>
    <message>
        <source>%1–%2 s: %3</source>
        <translation>%1–%2 秒：%3</translation>
    </message>
    <message>
        <source>at least %1 s: %2</source>
        <translation>至少 %1 秒：%2</translation>
    </message>
    <message>
        <source>at most %1 s: %2</source>
        <translation>至多 %1 秒：%2</translation>
    </message>
    <message>
        <source>Time standing still (s)</source>
        <translation>静止振捣时间 (s)</translation>
    </message>
    <message>
        <source>Insertions</source>
        <translation>插棒</translation>
    </message>
    <message>
        <source>Too short</source>
        <translation>过短</translation>
    </message>
    <message>
        <source>Within the band</source>
        <translation>在范围内</translation>
    </message>
    <message>
        <source>Too long</source>
        <translation>过长</translation>
    </message>
    <message>
        <source>Time in the video (min:s)</source>
        <translation>视频时间 (分:秒)</translation>
    </message>
    <message>
        <source>One mark an insertion: round within the band, square outside it.</source>
        <translation>每个标记是一次插棒：圆形在范围内，方形在范围外。</translation>
    </message>
    <message>
        <source>Distance to the nearest other insertion (m)</source>
        <translation>到最近另一插点的距离 (m)</translation>
    </message>
    <message>
        <source>Within the limit</source>
        <translation>在限值内</translation>
    </message>
    <message>
        <source>Too far</source>
        <translation>过远</translation>
    </message>
    <message>
        <source>There is only one insertion whose place is known.</source>
        <translation>只有一个插点的位置已知。</translation>
    </message>
    <message>
        <source>Without a calibration nothing can be measured in metres. Calibrate the project and judge it again.</source>
        <translation>没有标定就无法以米为单位测量。请标定项目并重新判定。</translation>
    </message>
    <message>
        <source>Limit %1 m</source>
        <translation>限值 %1 m</translation>
    </message>
    <message>
        <source>Violations</source>
        <translation>违规</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Poker</source>
        <translation>振捣棒</translation>
    </message>
    <message>
        <source>A poker that left the picture counts as a new one when it comes back. Violations without an insertion and false alarms are left out.</source>
        <translation>离开画面后再出现的振捣棒按新的一根计算。不含无对应插棒的违规和误报。</translation>
    </message>
    <message>
        <source>Poker %1 (%2 insertions)</source>
        <translation>振捣棒 %1（%2 次插棒）</translation>
    </message>
    <message>
        <source>Insertion times</source>
        <translation>插棒时间</translation>
    </message>
    <message>
        <source>Insertion times over the pour</source>
        <translation>浇筑过程中的插棒时间</translation>
    </message>
    <message>
        <source>Spacing of insertions</source>
        <translation>插点间距</translation>
    </message>
    <message>
        <source>Violations by rule</source>
        <translation>各规则的违规</translation>
    </message>
    <message>
        <source>Violations over time</source>
        <translation>违规随时间的分布</translation>
    </message>
    <message>
        <source>Violations by poker</source>
        <translation>各振捣棒的违规</translation>
    </message>
    <message>
        <source>Comparison of pours</source>
        <translation>浇筑对比</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <comment>chart, project</comment>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>Violations per 100 insertions</source>
        <translation>每 100 次插棒的违规数</translation>
    </message>
    <message>
        <source>Insertions of the right length (%)</source>
        <translation>时间合格的插棒 (%)</translation>
    </message>
    <message>
        <source>Mean time standing still (s)</source>
        <translation>平均静止振捣时间 (s)</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>chart, measure</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Pour</source>
        <translation>浇筑</translation>
    </message>
    <message>
        <source>No other pour with a result is there to compare with.</source>
        <translation>没有其他有结果的浇筑可供比较。</translation>
    </message>
    <message>
        <source>This pour</source>
        <translation>本次浇筑</translation>
    </message>
    <message>
        <source>By hand (%1 insertions)</source>
        <translation>手工（%1 次插棒）</translation>
    </message>
</context>
<context>
    <name>cvd::ui::ReviewController</name>
    <message>
        <source>The tracks of this result are still being read.</source>
        <translation>正在读取此结果的轨迹。</translation>
    </message>
</context>
<context>
    <name>cvd::ui::ReviewKeys</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>播放或暂停</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Play backwards, again for faster</source>
        <translation>倒放，再按加速</translation>
    </message>
    <message>
        <source>Play, again for faster</source>
        <translation>播放，再按加速</translation>
    </message>
    <message>
        <source>One frame back</source>
        <translation>后退一帧</translation>
    </message>
    <message>
        <source>One frame forward</source>
        <translation>前进一帧</translation>
    </message>
    <message>
        <source>First frame</source>
        <translation>首帧</translation>
    </message>
    <message>
        <source>Last frame</source>
        <translation>末帧</translation>
    </message>
    <message>
        <source>Go to frame…</source>
        <translation>转到帧…</translation>
    </message>
    <message>
        <source>Go to time…</source>
        <translation>转到时间…</translation>
    </message>
    <message>
        <source>Slower</source>
        <translation>减速</translation>
    </message>
    <message>
        <source>Faster</source>
        <translation>加速</translation>
    </message>
    <message>
        <source>Normal speed</source>
        <translation>正常速度</translation>
    </message>
    <message>
        <source>Range starts here</source>
        <translation>以此处为区间起点</translation>
    </message>
    <message>
        <source>Range ends here</source>
        <translation>以此处为区间终点</translation>
    </message>
    <message>
        <source>Repeat the range</source>
        <translation>循环播放区间</translation>
    </message>
    <message>
        <source>Show overlays</source>
        <translation>显示叠加层</translation>
    </message>
    <message>
        <source>Show the heat map</source>
        <translation>显示热力图</translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation>完整画面</translation>
    </message>
    <message>
        <source>Actual pixels</source>
        <translation>实际像素</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Save a snapshot</source>
        <translation>保存快照</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Previous violation</source>
        <translation>上一个违规</translation>
    </message>
    <message>
        <source>Next violation</source>
        <translation>下一个违规</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>False alarm…</source>
        <translation>误报…</translation>
    </message>
    <message>
        <source>Undecided</source>
        <translation>待定</translation>
    </message>
    <message>
        <source>Play the violation with lead-in</source>
        <translation>播放违规片段（含前导）</translation>
    </message>
    <message>
        <source>Search violations</source>
        <translation>搜索违规</translation>
    </message>
    <message>
        <source>Show pour region and insertion discs</source>
        <translation>显示浇筑区域和插点圆</translation>
    </message>
    <message>
        <source>Result folder</source>
        <translation>结果文件夹</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>action and what it is about</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Frames back: %1</source>
        <translation>后退帧数：%1</translation>
    </message>
    <message>
        <source>Frames forward: %1</source>
        <translation>前进帧数：%1</translation>
    </message>
    <message>
        <source>Short jump back: %1</source>
        <translation>短跳后退：%1</translation>
    </message>
    <message>
        <source>Short jump forward: %1</source>
        <translation>短跳前进：%1</translation>
    </message>
    <message>
        <source>Long jump back: %1</source>
        <translation>长跳后退：%1</translation>
    </message>
    <message>
        <source>Long jump forward: %1</source>
        <translation>长跳前进：%1</translation>
    </message>
    <message>
        <source>Looked at (my own mark)</source>
        <translation>我已查看</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Timeline: zoom in</source>
        <translation>时间线：放大</translation>
    </message>
    <message>
        <source>Timeline: zoom out</source>
        <translation>时间线：缩小</translation>
    </message>
    <message>
        <source>Timeline: the whole pour</source>
        <translation>时间线：全程</translation>
    </message>
    <message>
        <source>Correct by hand</source>
        <translation>人工更正</translation>
    </message>
    <message>
        <source>Add a poker</source>
        <translation>添加振捣棒</translation>
    </message>
    <message>
        <source>Add an insertion</source>
        <translation>添加插棒</translation>
    </message>
    <message>
        <source>Insertion starts here</source>
        <translation>插棒从此帧开始</translation>
    </message>
    <message>
        <source>Insertion ends here</source>
        <translation>插棒在此帧结束</translation>
    </message>
    <message>
        <source>Add a violation…</source>
        <translation>添加违规…</translation>
    </message>
    <message>
        <source>Remove what is chosen</source>
        <translation>移除所选</translation>
    </message>
    <message>
        <source>Remove it from all frames</source>
        <translation>从所有帧移除</translation>
    </message>
    <message>
        <source>Choose the next object in the picture</source>
        <translation>选择画面中的下一个对象</translation>
    </message>
    <message>
        <source>Choose box, contact point, top or corner</source>
        <translation>选择框、接触点、顶端或框角</translation>
    </message>
    <message>
        <source>Take what is most likely meant</source>
        <translation>采用最可能的对象</translation>
    </message>
    <message>
        <source>Move what is chosen left</source>
        <translation>所选左移</translation>
    </message>
    <message>
        <source>Move what is chosen right</source>
        <translation>所选右移</translation>
    </message>
    <message>
        <source>Move what is chosen up</source>
        <translation>所选上移</translation>
    </message>
    <message>
        <source>Move what is chosen down</source>
        <translation>所选下移</translation>
    </message>
    <message>
        <source>Judge again…</source>
        <translation>重新评判…</translation>
    </message>
    <message>
        <source>Mute the sound</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>写备注</translation>
    </message>
    <message>
        <source>Show the violations</source>
        <translation>显示违规</translation>
    </message>
    <message>
        <source>Show the insertions</source>
        <translation>显示插棒</translation>
    </message>
    <message>
        <source>Show the plan</source>
        <translation>显示平面图</translation>
    </message>
    <message>
        <source>Show the charts</source>
        <translation>显示图表</translation>
    </message>
    <message>
        <source>Leave full screen or what was begun</source>
        <translation>退出全屏或正在进行的操作</translation>
    </message>
</context>
<context>
    <name>cvd::ui::ReviewPage</name>
    <message>
        <source>Every violation of this result is reviewed.</source>
        <translation>此结果的所有违规均已复核。</translation>
    </message>
    <message>
        <source>Profile %1 %2</source>
        <translation>规则方案 %1 %2</translation>
    </message>
    <message>
        <source>R %1 mm</source>
        <translation>R %1 mm</translation>
    </message>
    <message>
        <source>R unknown</source>
        <translation>R 未知</translation>
    </message>
    <message>
        <source>Model %1 %2</source>
        <translation>检测模型 %1 %2</translation>
    </message>
    <message>
        <source>calibrated</source>
        <translation>已标定</translation>
    </message>
    <message>
        <source>not calibrated</source>
        <translation>未标定</translation>
    </message>
    <message>
        <source>not judged yet</source>
        <translation>尚未判定</translation>
    </message>
    <message>
        <source>The rule profile, the radius of action and the model that this result was judged with</source>
        <translation>判定此结果所用的规则方案、作用半径和检测模型</translation>
    </message>
    <message>
        <source>This rule could not be judged.</source>
        <translation>此规则无法判断。</translation>
    </message>
    <message>
        <source>Choose a violation first.</source>
        <translation>请先选择一个违规。</translation>
    </message>
    <message>
        <source>The list of violations is empty.</source>
        <translation>违规列表为空。</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>没有可撤销的操作。</translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation>没有可重做的操作。</translation>
    </message>
    <message>
        <source>There is no result yet.</source>
        <translation>还没有结果。</translation>
    </message>
    <message>
        <source>Violations (%1)</source>
        <translation>违规（%1）</translation>
    </message>
    <message>
        <source>Violations</source>
        <translation>违规</translation>
    </message>
    <message>
        <source>Insertions</source>
        <translation>插棒</translation>
    </message>
    <message>
        <source>Heat map</source>
        <translation>热力图</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭提示</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>检测发现</translation>
    </message>
    <message>
        <source>No violation was found with the profile %1.</source>
        <translation>按规则方案 %1 未发现违规。</translation>
    </message>
    <message>
        <source>This video has not been judged yet. Run the detection first.</source>
        <translation>此视频尚未判定。请先运行检测。</translation>
    </message>
    <message>
        <source>No insertion of a poker was seen in this video.</source>
        <translation>此视频中未看到振捣棒插棒。</translation>
    </message>
    <message>
        <source>Charts</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Looked at</source>
        <translation>已查看</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>平面图</translation>
    </message>
    <message>
        <source>%1 to %2 (frames %3 to %4)</source>
        <translation>%1 至 %2（第 %3 至 %4 帧）</translation>
    </message>
    <message>
        <source>Mark a range with I and O for another interval.</source>
        <translation>如需其他区间，请用 I 和 O 标记范围。</translation>
    </message>
    <message>
        <source>Add a violation: %1</source>
        <translation>添加违规：%1</translation>
    </message>
    <message>
        <source>Remove a violation: %1</source>
        <translation>移除违规：%1</translation>
    </message>
    <message>
        <source>There is no video to show.</source>
        <translation>没有可显示的视频。</translation>
    </message>
    <message>
        <source>Switch on &quot;Correct by hand&quot; first.</source>
        <translation>请先打开“人工更正”。</translation>
    </message>
    <message>
        <source>Choose an insertion first.</source>
        <translation>请先选择一次插棒。</translation>
    </message>
    <message>
        <source>Choose an object in the picture, an insertion in its list, or a violation that was entered by hand.</source>
        <translation>请选择画面中的对象、列表中的插棒，或人工录入的违规。</translation>
    </message>
    <message>
        <source>Choose a tracked object in the picture first.</source>
        <translation>请先在画面中选择一个被跟踪的对象。</translation>
    </message>
    <message>
        <source>There is nothing to take over.</source>
        <translation>没有可采用的内容。</translation>
    </message>
    <message>
        <source>Choose an object in the picture first.</source>
        <translation>请先在画面中选择一个对象。</translation>
    </message>
    <message>
        <source>Judging with the correction…</source>
        <translation>正在按更正重新判定…</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Back to the project</source>
        <translation>返回项目</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>已保存为 %1。</translation>
    </message>
</context>
<context>
    <name>cvd::ui::ReviewText</name>
    <message>
        <source>Added or changed by hand by %1</source>
        <translation>由 %1 人工添加或更改</translation>
    </message>
    <message>
        <source>Entered by hand by %1</source>
        <translation>由 %1 人工录入</translation>
    </message>
    <message>
        <source>Follows from a correction by hand</source>
        <translation>由人工更正得出</translation>
    </message>
</context>
<context>
    <name>cvd::ui::Rules</name>
    <message>
        <source>The poker stood still in the concrete for less time than the profile asks for.</source>
        <translation>振捣棒在混凝土中的静止时间短于规则方案的要求。</translation>
    </message>
    <message>
        <source>The same place was vibrated longer than the profile allows.</source>
        <translation>同一位置的振捣时间超过规则方案的允许值。</translation>
    </message>
    <message>
        <source>A part of the pour lies within no effective insertion&apos;s reach.</source>
        <translation>部分浇筑区域不在任何有效插棒的作用范围内。</translation>
    </message>
    <message>
        <source>Neighbouring insertions are further apart than the profile allows.</source>
        <translation>相邻插点的间距超过规则方案的允许值。</translation>
    </message>
    <message>
        <source>The poker came back to almost the same place shortly afterwards.</source>
        <translation>振捣棒短时间内又回到几乎同一位置。</translation>
    </message>
    <message>
        <source>The poker was pulled out faster than the profile allows.</source>
        <translation>振捣棒的拔出速度超过规则方案的允许值。</translation>
    </message>
    <message>
        <source>The poker went in slower than it came out.</source>
        <translation>振捣棒插入的速度慢于拔出的速度。</translation>
    </message>
    <message>
        <source>The poker was moved sideways while it was in the concrete.</source>
        <translation>振捣棒在混凝土中被横向拖动。</translation>
    </message>
    <message>
        <source>The poker was used to make the concrete flow sideways.</source>
        <translation>用振捣棒驱使混凝土横向流动。</translation>
    </message>
    <message>
        <source>The poker stood further from the vertical than the profile allows.</source>
        <translation>振捣棒偏离竖直方向的程度超过规则方案的允许值。</translation>
    </message>
    <message>
        <source>The insertion is closer to the form than allowed.</source>
        <translation>插点距模板过近，小于允许值。</translation>
    </message>
    <message>
        <source>The outermost row of insertions does not reach the form.</source>
        <translation>最外排插点的作用范围未到达模板。</translation>
    </message>
    <message>
        <source>The poker did not go deep enough to reach the layer below.</source>
        <translation>振捣棒插入深度不足，未到达下层混凝土。</translation>
    </message>
    <message>
        <source>The layer is thicker than the poker can treat.</source>
        <translation>分层厚度超过振捣棒的有效振捣能力。</translation>
    </message>
    <message>
        <source>The poker ran outside the concrete.</source>
        <translation>振捣棒在混凝土外运行。</translation>
    </message>
    <message>
        <source>Concrete was placed and nobody vibrated near the front.</source>
        <translation>已浇入混凝土，但浇筑前沿附近无人振捣。</translation>
    </message>
    <message>
        <source>The concrete was vibrated again after it had begun to set.</source>
        <translation>混凝土开始凝结后又被振捣。</translation>
    </message>
    <message>
        <source>The insertions do not follow a systematic order.</source>
        <translation>插棒未按规律的顺序进行。</translation>
    </message>
    <message>
        <source>limit %1</source>
        <translation>限值 %1</translation>
    </message>
</context>
<context>
    <name>cvd::ui::ScopeChip</name>
    <message>
        <source>Only one</source>
        <translation>仅一个</translation>
    </message>
    <message>
        <source>Only %1 (%2)</source>
        <comment>label, count</comment>
        <translation>仅 %1（%2）</translation>
    </message>
    <message>
        <source>Chosen in a chart. Click to show all again.</source>
        <translation>由图表选出。点击恢复显示全部。</translation>
    </message>
    <message>
        <source>%1. Show all again</source>
        <comment>what the list is limited to</comment>
        <translation>%1。恢复显示全部</translation>
    </message>
</context>
<context>
    <name>cvd::ui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Automatic: graphics card where there is one</source>
        <translation>自动：有显卡时使用显卡</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>Graphics card (CUDA)</source>
        <translation>显卡（CUDA）</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Rule profile of new runs</source>
        <translation>新检测的规则方案(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Device</source>
        <translation>设备(&amp;D)</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>检测模型</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>Videos and results</source>
        <translation>视频和结果</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Detection</source>
        <translation>检测</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>&amp;Write a video with overlays for each result</source>
        <translation>为每个结果生成带叠加层的视频(&amp;W)</translation>
    </message>
    <message>
        <source>Use another database…</source>
        <translation>使用其他数据库…</translation>
    </message>
    <message>
        <source>Back up this folder together with the database.</source>
        <translation>请将此文件夹与数据库一起备份。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>复核</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Groups of settings</source>
        <translation>设置分组</translation>
    </message>
    <message>
        <source>&amp;Open where I left off when the program starts</source>
        <translation>启动时打开上次的位置(&amp;O)</translation>
    </message>
    <message>
        <source>A run on a graphics card that is not there fails with a message; nothing is lost.</source>
        <translation>若指定的显卡不存在，运行会失败并给出提示；不会丢失任何数据。</translation>
    </message>
    <message>
        <source>&amp;Several frames</source>
        <translation>若干帧(&amp;S)</translation>
    </message>
    <message>
        <source>S&amp;hort jump</source>
        <translation>短跳(&amp;H)</translation>
    </message>
    <message>
        <source>L&amp;ong jump</source>
        <translation>长跳(&amp;O)</translation>
    </message>
    <message>
        <source> frames</source>
        <translation> 帧</translation>
    </message>
    <message>
        <source> s</source>
        <comment>seconds after a number</comment>
        <translation> 秒</translation>
    </message>
    <message>
        <source>How far the jump keys of the review go. The keys themselves are under Keys.</source>
        <translation>复核时跳转键的步长。按键本身在“按键”中设置。</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
</context>
<context>
    <name>cvd::ui::Shell</name>
    <message>
        <source>Only administrators see the users.</source>
        <translation>只有管理员可以查看用户。</translation>
    </message>
    <message>
        <source>Only administrators see the audit trail.</source>
        <translation>只有管理员可以查看审计记录。</translation>
    </message>
    <message>
        <source>%1 – CVD-MIS</source>
        <comment>project</comment>
        <translation>%1 – CVD-MIS</translation>
    </message>
    <message>
        <source>Choose videos</source>
        <translation>选择视频</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>An import is running. Stop it? Videos that are already imported stay.</source>
        <translation>正在导入。要停止吗？已导入的视频会保留。</translation>
    </message>
    <message>
        <source>Stop the import</source>
        <translation>停止导入</translation>
    </message>
    <message>
        <source>A detection is running. It will be interrupted; it can be started again later.</source>
        <translation>检测正在运行，将被中断；以后可以重新开始。</translation>
    </message>
    <message>
        <source>Interrupt it</source>
        <translation>中断检测</translation>
    </message>
    <message>
        <source>Select a project first.</source>
        <translation>请先选择项目。</translation>
    </message>
    <message>
        <source>A detection of this project is queued or running.</source>
        <translation>此项目有检测正在排队或运行。</translation>
    </message>
    <message>
        <source>There is no result yet. Run the detection first.</source>
        <translation>还没有结果。请先运行检测。</translation>
    </message>
    <message>
        <source>The review is open.</source>
        <translation>复核页面已打开。</translation>
    </message>
    <message>
        <source>The project is open.</source>
        <translation>项目已打开。</translation>
    </message>
    <message>
        <source>Open the project first.</source>
        <translation>请先打开该项目。</translation>
    </message>
    <message>
        <source>The project list is not open.</source>
        <translation>项目列表未打开。</translation>
    </message>
    <message>
        <source>This is the first page.</source>
        <translation>这是第一页。</translation>
    </message>
    <message>
        <source>Jobs (%1)</source>
        <translation>任务（%1）</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>Local</source>
        <translation>本地</translation>
    </message>
    <message>
        <source>Database: %1</source>
        <translation>数据库：%1</translation>
    </message>
    <message>
        <source>The database %1 cannot be reached. Click to try again now.</source>
        <translation>无法连接数据库 %1。单击可立即重试。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>About CVD-MIS</source>
        <translation>关于 CVD-MIS</translation>
    </message>
    <message>
        <source>CVD-MIS %1</source>
        <comment>version</comment>
        <translation>CVD-MIS %1</translation>
    </message>
    <message>
        <source>Turns video of a concrete pour into a compliance record: every insertion of a vibrator, every broken rule, with the evidence beside it.

Licensed under the Apache License 2.0. It uses Qt, LibTorch, OpenCV, FFmpeg and libsodium; their licences are in NOTICE.md.</source>
        <translation>将混凝土浇筑视频转化为合规记录：振捣棒的每一次插棒、每一条违反的规则，并附上证据。

依据 Apache License 2.0 授权。本程序使用 Qt、LibTorch、OpenCV、FFmpeg 和 libsodium；其许可证见 NOTICE.md。</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Folders cannot be imported; drop the videos themselves: %1</source>
        <translation>无法导入文件夹；请直接拖放视频文件：%1</translation>
    </message>
    <message>
        <source>Projects</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Audit trail</source>
        <translation>审计记录</translation>
    </message>
    <message>
        <source>Search projects (%1)</source>
        <translation>搜索项目（%1）</translation>
    </message>
    <message>
        <source>Search projects</source>
        <translation>搜索项目</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Signed in as administrator</source>
        <translation>已以管理员身份登录</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>已登录</translation>
    </message>
    <message>
        <source>This project does not exist any more, or it is not yours.</source>
        <translation>此项目已不存在，或不属于您。</translation>
    </message>
    <message>
        <source>No project was opened yet</source>
        <translation>还没有打开过项目</translation>
    </message>
    <message>
        <source>Projects that you open are listed here.</source>
        <translation>您打开过的项目会列在这里。</translation>
    </message>
    <message>
        <source>Clear this list</source>
        <translation>清空此列表</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>最近的项目</translation>
    </message>
    <message>
        <source>Dashboard</source>
        <translation>仪表板</translation>
    </message>
    <message>
        <source>My figures</source>
        <translation>我的统计</translation>
    </message>
    <message>
        <source>Take over the original system…</source>
        <translation>接管原系统…</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>An export is under way. Stop it? Nothing of it is kept.</source>
        <translation>正在导出。要停止吗？不会保留任何文件。</translation>
    </message>
    <message>
        <source>Stop the export</source>
        <translation>停止导出</translation>
    </message>
    <message>
        <source>Profiles</source>
        <translation>规则方案</translation>
    </message>
    <message>
        <source>Show jobs</source>
        <translation>显示任务</translation>
    </message>
    <message numerus="yes">
        <source>%n note(s) typed earlier belong to no verdict yet. They stand where they were typed; a verdict or Enter saves them.</source>
        <translation>
            <numerusform>之前输入的 %n 条备注尚未归入任何判定。备注仍在原处；给出判定或按回车键即可保存。</numerusform>
        </translation>
    </message>
    <message>
        <source>The program ended suddenly the last time. Verdicts and corrections were saved as they were made, and what was being typed comes back where it was typed; a detection that was running can be started again under Jobs.</source>
        <translation>程序上次意外结束。判定和更正在作出时已保存，正在输入的内容会在原处恢复；未完成的检测可在“任务”中重新开始。</translation>
    </message>
    <message>
        <source>The tour is over. It starts again from the menu Help.</source>
        <translation>导览已结束。可从“帮助”菜单重新开始。</translation>
    </message>
    <message>
        <source>Database: %1
Videos and results: %2
Settings: %3
Log: %4</source>
        <translation>数据库：%1
视频和结果：%2
设置：%3
日志：%4</translation>
    </message>
    <message>
        <source>Open the log</source>
        <translation>打开日志</translation>
    </message>
    <message>
        <source>Nothing has been written to it yet.</source>
        <translation>还没有写入任何内容。</translation>
    </message>
</context>
<context>
    <name>cvd::ui::SignInPage</name>
    <message>
        <source>You can try again now.</source>
        <translation>现在可以重试。</translation>
    </message>
    <message>
        <source>Wait until the time is over.</source>
        <translation>请等待时间结束。</translation>
    </message>
    <message>
        <source>Type your user name first.</source>
        <translation>请先输入您的用户名。</translation>
    </message>
    <message>
        <source>Type your password first.</source>
        <translation>请先输入您的密码。</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Forgotten the password? An administrator can set a new one.</source>
        <translation>忘记密码？管理员可以为您设置新密码。</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>用户名(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>密码(&amp;P)</translation>
    </message>
    <message>
        <source>Database: %1</source>
        <translation>数据库：%1</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>正在登录…</translation>
    </message>
</context>
<context>
    <name>cvd::ui::Sound</name>
    <message>
        <source>There is no video to show.</source>
        <translation>没有可显示的视频。</translation>
    </message>
    <message>
        <source>This video has no sound.</source>
        <translation>此视频没有声音。</translation>
    </message>
    <message>
        <source>This computer has no device that plays sound.</source>
        <translation>此计算机没有可播放声音的设备。</translation>
    </message>
    <message>
        <source>The sound of this video cannot be played.</source>
        <translation>无法播放此视频的声音。</translation>
    </message>
</context>
<context>
    <name>cvd::ui::TimelineStrip</name>
    <message>
        <source>Poker %1</source>
        <translation>振捣棒 %1</translation>
    </message>
    <message>
        <source>Pokers</source>
        <translation>振捣棒</translation>
    </message>
    <message>
        <source>In concrete, track %1</source>
        <translation>在混凝土中，轨迹 %1</translation>
    </message>
    <message>
        <source>No insertion was found.</source>
        <translation>未找到插棒。</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Other rules</source>
        <translation>其他规则</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间轴</translation>
    </message>
    <message>
        <source>about f %1</source>
        <translation>约第 %1 帧</translation>
    </message>
    <message>
        <source>Insertion %1, poker %2</source>
        <translation>插棒 %1，振捣棒 %2</translation>
    </message>
    <message>
        <source>%1 to %2: %3 in concrete, %4 standing still</source>
        <translation>%1 到 %2：插入 %3，静止 %4</translation>
    </message>
    <message>
        <source>Vibrated</source>
        <translation>振捣</translation>
    </message>
    <message>
        <source>Insertions of each poker and violations over time. Click or drag to go to a moment, turn the wheel to zoom. Plus and minus zoom at the playhead.</source>
        <translation>各振捣棒的插点和违规随时间的分布。单击或拖动跳到某一时刻，滚轮缩放。加号和减号在播放位置处缩放。</translation>
    </message>
    <message>
        <source>In concrete, entered by hand</source>
        <translation>在混凝土中，手工录入</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>手工</translation>
    </message>
</context>
<context>
    <name>cvd::ui::Tour</name>
    <message>
        <source>The sample pour is not installed.</source>
        <translation>未安装示例浇筑视频。</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
    <message>
        <source>Run the detection</source>
        <translation>运行检测</translation>
    </message>
    <message>
        <source>The program is looking</source>
        <translation>程序正在查看</translation>
    </message>
    <message>
        <source>Open the review</source>
        <translation>打开复核</translation>
    </message>
    <message>
        <source>The result is there. Press “Review” (%1): the video on the left, what was found on the right.</source>
        <translation>结果已经有了。请点击“复核”（%1）：左侧是视频，右侧是发现。</translation>
    </message>
    <message>
        <source>Go to a violation</source>
        <translation>转到一个违规</translation>
    </message>
    <message>
        <source>Press %1 for the next one, or click a row. The video then stands where the evidence begins; %2 plays it.</source>
        <translation>按 %1 转到下一个，或单击一行。视频会停在证据开始处；按 %2 播放。</translation>
    </message>
    <message>
        <source>Say whether it stands</source>
        <translation>判定是否成立</translation>
    </message>
    <message>
        <source>Compare the picture with the value and the limit. Press %1 to confirm it, or %2 if it is a false alarm. %3 takes it back.</source>
        <translation>把画面与实测值和限值对照。按 %1 确认；若是误报，按 %2。按 %3 可撤回。</translation>
    </message>
    <message>
        <source>Look at the plan</source>
        <translation>查看平面图</translation>
    </message>
    <message>
        <source>Open the tab “Plan”: the pour from above, with what was treated, what was missed and what the camera did not see.</source>
        <translation>打开“平面图”选项卡：浇筑区俯视图，显示已振、漏振和摄像机没有看到的地方。</translation>
    </message>
    <message>
        <source>Make the report</source>
        <translation>生成报告</translation>
    </message>
    <message>
        <source>Press “Export…” (%1) and choose where the record goes.</source>
        <translation>点击“导出…”（%1），选择记录存放的位置。</translation>
    </message>
    <message>
        <source>From a video to a report</source>
        <translation>从视频到报告</translation>
    </message>
    <message>
        <source>That is all of it. Next: a video of your own, and a calibration for it. %1 opens the guide wherever you are.</source>
        <translation>全部完成。接下来：导入自己的视频，并为它标定。在任何地方按 %1 都可打开指南。</translation>
    </message>
    <message>
        <source>Import a video…</source>
        <translation>导入视频…</translation>
    </message>
    <message>
        <source>This step is on another page.</source>
        <translation>此步骤在另一个页面。</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>前往</translation>
    </message>
    <message>
        <source>This is the sample pour: a short rendered video, calibrated already. Press “Run detection” (%1).</source>
        <translation>这是示例浇筑：一段简短的模拟视频，已经标定。请点击“运行检测”（%1）。</translation>
    </message>
    <message>
        <source>It finds the pokers in each frame, follows them and judges every insertion. The line below the bar says how long that takes. Look around meanwhile; this card stays.</source>
        <translation>程序在每一帧中寻找振捣棒，跟踪它们，并判定每次插棒。进度条下方写着还需多长时间。期间可以随意看看，此卡片会一直在。</translation>
    </message>
</context>
<context>
    <name>cvd::ui::TourCard</name>
    <message>
        <source>Skip this step</source>
        <translation>跳过此步</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>F6: to these buttons and back · Esc: leave the tour</source>
        <translation>F6：转到这些按钮并返回 · Esc：退出导览</translation>
    </message>
</context>
<context>
    <name>cvd::ui::UserDialog</name>
    <message>
        <source>Edit user</source>
        <translation>编辑用户</translation>
    </message>
    <message>
        <source>New user</source>
        <translation>新建用户</translation>
    </message>
    <message>
        <source>This is the last administrator. Make somebody else an administrator first.</source>
        <translation>这是最后一个管理员。请先将其他人设为管理员。</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Role</source>
        <translation>角色(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;About</source>
        <translation>简介(&amp;A)</translation>
    </message>
    <message>
        <source>N&amp;ote for administrators</source>
        <translation>管理员备注(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>密码(&amp;P)</translation>
    </message>
    <message>
        <source>Repea&amp;t it</source>
        <translation>再次输入(&amp;T)</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Create user</source>
        <translation>创建用户</translation>
    </message>
    <message>
        <source>Enter a name.</source>
        <translation>请输入名称。</translation>
    </message>
    <message>
        <source>The two passwords differ.</source>
        <translation>两次输入的密码不一致。</translation>
    </message>
</context>
<context>
    <name>cvd::ui::UsersModel</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>About</source>
        <translation>简介</translation>
    </message>
    <message>
        <source>Projects</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>创建时间</translation>
    </message>
</context>
<context>
    <name>cvd::ui::UsersPage</name>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Search users</source>
        <translation>搜索用户</translation>
    </message>
    <message>
        <source>Filter by role</source>
        <translation>按角色筛选</translation>
    </message>
    <message>
        <source>All roles</source>
        <translation>全部角色</translation>
    </message>
    <message>
        <source>New user…</source>
        <translation>新建用户…</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>Reset password…</source>
        <translation>重置密码…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>No user matches. Clear the search or the filter.</source>
        <translation>没有匹配的用户。请清除搜索或筛选条件。</translation>
    </message>
    <message>
        <source>Select a user first.</source>
        <translation>请先选择用户。</translation>
    </message>
    <message>
        <source>This is the last administrator. Make somebody else an administrator first.</source>
        <translation>这是最后一个管理员。请先将其他人设为管理员。</translation>
    </message>
    <message>
        <source>You cannot delete yourself.</source>
        <translation>您不能删除自己。</translation>
    </message>
    <message numerus="yes">
        <source>This user has %n project(s). Delete them or give them to somebody else first.</source>
        <translation>
            <numerusform>此用户有 %n 个项目。请先删除这些项目或转交给其他人。</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete user</source>
        <translation>删除用户</translation>
    </message>
    <message>
        <source>Delete %1? This cannot be undone. The audit trail keeps the name.</source>
        <translation>删除 %1？此操作无法撤销。审计记录会保留该名称。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>cvd::ui::Verdict</name>
    <message>
        <source>Confirmed</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>False alarm</source>
        <translation>误报</translation>
    </message>
    <message>
        <source>Undecided</source>
        <translation>待定</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>未复核</translation>
    </message>
</context>
<context>
    <name>cvd::ui::ViolationModel</name>
    <message>
        <source>not judged</source>
        <translation>未判定</translation>
    </message>
    <message>
        <source>Start of the evidence, from the first frame of the video</source>
        <translation>证据的开始时间，从视频首帧起计</translation>
    </message>
    <message>
        <source>Frame at the start of the evidence, counted from 0</source>
        <translation>证据开始处的帧号，从 0 起计</translation>
    </message>
    <message>
        <source>What was measured against what the profile allows</source>
        <translation>实测值与规则方案允许值的对比</translation>
    </message>
    <message>
        <source>What people said about it</source>
        <translation>人工给出的判定</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>实测值</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>严重程度</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>You have looked at it</source>
        <translation>您已查看过</translation>
    </message>
    <message>
        <source>You have not looked at it</source>
        <translation>您尚未查看</translation>
    </message>
    <message>
        <source>Seconds from the start to the end of the evidence</source>
        <translation>证据从开始到结束的秒数</translation>
    </message>
    <message>
        <source>How sure the program is, in per cent</source>
        <translation>程序的把握，百分比</translation>
    </message>
    <message>
        <source>Who said something about it or looked at it</source>
        <translation>发表过意见或查看过的人</translation>
    </message>
    <message>
        <source>Lasts s</source>
        <translation>时长 秒</translation>
    </message>
    <message>
        <source>Sure %</source>
        <translation>把握 %</translation>
    </message>
    <message>
        <source>Reviewer</source>
        <translation>复核人</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
</context>
<context>
    <name>cvd::ui::ViolationPanel</name>
    <message>
        <source>Not judged: %1</source>
        <translation>无法判断：%1</translation>
    </message>
    <message>
        <source>No violation passes the filters.</source>
        <translation>没有符合筛选条件的违规。</translation>
    </message>
    <message>
        <source>No violation was found. Some rules could not be judged: see &quot;Not judged&quot; above.</source>
        <translation>未发现违规。部分规则无法判断：见上方的“无法判断”。</translation>
    </message>
    <message>
        <source>%1 of %2 unreviewed</source>
        <translation>未复核 %1 / %2</translation>
    </message>
    <message>
        <source>Another reason (see the note)</source>
        <translation>其他原因（见备注）</translation>
    </message>
    <message>
        <source>Not judged</source>
        <translation>无法判断</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>No. %1</source>
        <translation>第 %1 号</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>严重程度</translation>
    </message>
    <message>
        <source>Search violations</source>
        <translation>搜索违规</translation>
    </message>
    <message>
        <source>Rules that the picture or the missing calibration did not let the program judge</source>
        <translation>因画面条件或缺少标定而使程序无法判断的规则</translation>
    </message>
    <message>
        <source>Violations</source>
        <translation>违规</translation>
    </message>
    <message>
        <source>Clear the filters</source>
        <translation>清除筛选条件</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>实测值</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>置信度</translation>
    </message>
    <message>
        <source>Insertion</source>
        <translation>插棒</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>Not looked at by me</source>
        <translation>我未查看</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>无人</translation>
    </message>
    <message>
        <source>Neither confirmed nor called a false alarm by anybody. You have not looked at %1.</source>
        <translation>还没有人确认或判为误报。其中 %1 项您尚未查看。</translation>
    </message>
    <message>
        <source>Sure</source>
        <translation>把握</translation>
    </message>
    <message>
        <source>How sure the program is, in per cent</source>
        <translation>程序的把握，百分比</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Times like 1:23.4</source>
        <translation>时间写法如 1:23.4</translation>
    </message>
    <message>
        <source>Reviewer</source>
        <translation>复核人</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Write why it is a false alarm. Enter gives the verdict, Esc leaves it.</source>
        <translation>请写明为何是误报。按回车给出判定，按 Esc 放弃。</translation>
    </message>
    <message>
        <source>The note is kept with the verdict. Enter saves it.</source>
        <translation>备注随判定一起保存。按回车保存。</translation>
    </message>
    <message>
        <source>Verdict taken back</source>
        <translation>判定已撤回</translation>
    </message>
    <message numerus="yes">
        <source>%n violation(s) are selected: a verdict goes to all of them.</source>
        <translation>
            <numerusform>已选 %n 条违规：判定将用于全部所选。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1
No. %2 in reports, tables and names of clips
%3</source>
        <comment>title, number, reason</comment>
        <translation>%1
报告、表格和片段名称中的编号：%2
%3</translation>
    </message>
</context>
<context>
    <name>jobs</name>
    <message>
        <source>Waiting for the database</source>
        <translation>正在等待数据库</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>Running on %1</source>
        <translation>正在 %1 上运行</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>正在准备</translation>
    </message>
    <message>
        <source>Frame %1 of %2</source>
        <translation>第 %1 帧，共 %2 帧</translation>
    </message>
    <message>
        <source>Judging</source>
        <translation>正在判定</translation>
    </message>
    <message>
        <source>Writing the results</source>
        <translation>正在写入结果</translation>
    </message>
    <message>
        <source>Storing the results</source>
        <translation>正在保存结果</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
</context>
<context>
    <name>models</name>
    <message>
        <source>Pokers with their two ends, hoes and people on concreting sites. 2.9 million weights, for two CPU cores.</source>
        <translation>识别浇筑现场的振捣棒（含两端位置）、锄头和人员。290 万个权重，适合双核 CPU。</translation>
    </message>
    <message>
        <source>Same as the program; trained on rendered pictures and on photographs under CC BY 4.0, credited in the model card</source>
        <translation>与程序相同；以渲染图片和 CC BY 4.0 许可的照片训练，照片出处见模型卡</translation>
    </message>
</context>
<context>
    <name>report</name>
    <message>
        <source>Stationary time, s</source>
        <translation>静止振捣时间，s</translation>
    </message>
    <message>
        <source>Time in the video</source>
        <translation>视频时间</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>Not reviewed</source>
        <translation>未复核</translation>
    </message>
    <message>
        <source>False alarm</source>
        <translation>误报</translation>
    </message>
    <message>
        <source>Basis of the judgement</source>
        <translation>判定依据</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>汇总</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>覆盖</translation>
    </message>
    <message>
        <source>Violations</source>
        <translation>违规</translation>
    </message>
    <message>
        <source>Precision of the rules</source>
        <translation>规则的准确率</translation>
    </message>
    <message>
        <source>What could not be judged</source>
        <translation>无法判定的内容</translation>
    </message>
    <message>
        <source>Insertions</source>
        <translation>插棒</translation>
    </message>
    <message>
        <source>Signatures</source>
        <translation>签字</translation>
    </message>
    <message>
        <source>Concrete vibration report</source>
        <translation>混凝土振捣检测报告</translation>
    </message>
    <message>
        <source>Compliance record of poker vibration, from video</source>
        <translation>基于视频的插入式振捣合规记录</translation>
    </message>
    <message>
        <source>Could not be judged</source>
        <translation>无法判定</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>负责人</translation>
    </message>
    <message>
        <source>Pour date</source>
        <translation>浇筑日期</translation>
    </message>
    <message>
        <source>Video imported</source>
        <translation>视频导入时间</translation>
    </message>
    <message>
        <source>Report made by</source>
        <translation>报告生成人</translation>
    </message>
    <message>
        <source>CVD-MIS, without a signed-in user</source>
        <translation>CVD-MIS（未登录用户）</translation>
    </message>
    <message>
        <source>Report made</source>
        <translation>报告生成时间</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>规则方案</translation>
    </message>
    <message>
        <source>Radius of action R</source>
        <translation>作用半径 R</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>检测模型</translation>
    </message>
    <message>
        <source>Findings listed</source>
        <translation>列出的违规</translation>
    </message>
    <message>
        <source>%1: %2 of %3 violations</source>
        <translation>%1：%3 项违规中的 %2 项</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>The profile&apos;s limits are not kept with this result.</source>
        <translation>该结果没有保存规则方案的限值。</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>限值</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Not calibrated: rules in metres were not judged.</source>
        <translation>未标定：以米为单位的规则未判定。</translation>
    </message>
    <message>
        <source>%1 points, residual %2 cm (largest %3 cm)</source>
        <translation>%1 个点，残差 %2 cm（最大 %3 cm）</translation>
    </message>
    <message>
        <source>Four points fit without a residual; it says nothing of their accuracy.</source>
        <translation>四个点的拟合没有残差，不能说明其精度。</translation>
    </message>
    <message>
        <source>frames %1 to %2</source>
        <translation>第 %1 至 %2 帧</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>画面</translation>
    </message>
    <message>
        <source>%1 × %2 px, %3 frames, %4 frames/s, %5</source>
        <translation>%1 × %2 像素，%3 帧，%4 帧/秒，%5</translation>
    </message>
    <message>
        <source>Judged part</source>
        <translation>判定范围</translation>
    </message>
    <message>
        <source>Model SHA-256</source>
        <translation>模型 SHA-256</translation>
    </message>
    <message>
        <source>Judged</source>
        <translation>判定时间</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>标定</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>&quot;Our setting&quot; marks a value that no standard gives. A source marked as general knowledge or secondary was not read in the original and must be checked before it is cited.</source>
        <translation>“本程序的设定”表示标准中没有给出的数值。标为常识或二手资料的来源未查阅原文，引用前必须核对。</translation>
    </message>
    <message>
        <source>Stationary time</source>
        <translation>静止振捣时间</translation>
    </message>
    <message>
        <source>shortest %1, median %2, longest %3, together %4</source>
        <translation>最短 %1，中位 %2，最长 %3，合计 %4</translation>
    </message>
    <message>
        <source>Insertion times against the profile&apos;s band</source>
        <translation>插棒时间与规则方案的允许范围</translation>
    </message>
    <message>
        <source>Each mark is one insertion. The band is what the profile allows; triangles lie below or above it.</source>
        <translation>每个标记是一次插棒。色带为规则方案的允许范围，三角形表示低于或高于该范围。</translation>
    </message>
    <message>
        <source>Violations by rule</source>
        <translation>各规则的违规</translation>
    </message>
    <message>
        <source>There is no coverage plan: it needs a calibration with a pour region and a radius of action.</source>
        <translation>没有覆盖平面图：需要带浇筑区域的标定和作用半径。</translation>
    </message>
    <message>
        <source>Pour region</source>
        <translation>浇筑区域</translation>
    </message>
    <message>
        <source>Treated</source>
        <translation>已振捣</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>漏振</translation>
    </message>
    <message>
        <source>Not observed</source>
        <translation>未观察到</translation>
    </message>
    <message>
        <source>(the camera did not see it; never counted as missed)</source>
        <translation>（摄像机未拍到，不计为漏振）</translation>
    </message>
    <message>
        <source>Largest gap</source>
        <translation>最大空隙</translation>
    </message>
    <message>
        <source>Circles: radius of action, numbered in order</source>
        <translation>圆圈：作用半径，按顺序编号</translation>
    </message>
    <message>
        <source>Time that the poker stood at each place</source>
        <translation>振捣棒在各处的停留时间</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>帧数</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>置信度</translation>
    </message>
    <message>
        <source>Insertion</source>
        <translation>插棒</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>No picture: the video is not at hand.</source>
        <translation>没有图片：视频不在。</translation>
    </message>
    <message>
        <source>Frame %1</source>
        <translation>第 %1 帧</translation>
    </message>
    <message>
        <source>Nobody has reviewed this finding.</source>
        <translation>尚无人复核此项。</translation>
    </message>
    <message>
        <source>Of the findings that a person has judged, the share that was confirmed. All findings of this result count, whatever is listed above.</source>
        <translation>在有人复核过的结果中，被确认的比例。不论上文列出哪些，均按该结果的全部违规统计。</translation>
    </message>
    <message>
        <source>There is no violation.</source>
        <translation>没有违规。</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Every rule of the profile could be judged.</source>
        <translation>规则方案中的各项规则均可判定。</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>First at</source>
        <translation>首次出现</translation>
    </message>
    <message>
        <source>No insertion of a poker was seen.</source>
        <translation>未看到插棒。</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Poker</source>
        <translation>振捣棒</translation>
    </message>
    <message>
        <source>In at</source>
        <translation>插入</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>Out at</source>
        <translation>拔出</translation>
    </message>
    <message>
        <source>Immersed, s</source>
        <translation>浸没，s</translation>
    </message>
    <message>
        <source>Stationary, s</source>
        <translation>静止，s</translation>
    </message>
    <message>
        <source>x, m</source>
        <translation>x，m</translation>
    </message>
    <message>
        <source>y, m</source>
        <translation>y，m</translation>
    </message>
    <message>
        <source>Tilt, °</source>
        <translation>倾角，°</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>违规</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>The figures of this report come from a program that judges a video. Who signs has looked at the findings above.</source>
        <translation>本报告的数据由程序根据视频判定。签字人已查看上述结果。</translation>
    </message>
    <message>
        <source>Prepared by</source>
        <translation>编制</translation>
    </message>
    <message>
        <source>Checked by (supervision)</source>
        <translation>复核（监理）</translation>
    </message>
    <message>
        <source>Approved by</source>
        <translation>批准</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Profile %1  ·  R %2  ·  Model %3</source>
        <translation>规则方案 %1  ·  R %2  ·  模型 %3</translation>
    </message>
    <message>
        <source>CVD-MIS %1  ·  made %2  ·  video SHA-256 %3</source>
        <translation>CVD-MIS %1  ·  生成于 %2  ·  视频 SHA-256 %3</translation>
    </message>
    <message>
        <source>Page %1 of %2</source>
        <translation>第 %1 页，共 %2 页</translation>
    </message>
    <message>
        <source>limit %1</source>
        <translation>限值 %1</translation>
    </message>
    <message>
        <source>Undecided</source>
        <translation>未定</translation>
    </message>
    <message>
        <source>As filtered on the screen</source>
        <translation>按屏幕上的筛选</translation>
    </message>
    <message>
        <source>Confirmed violations only</source>
        <translation>仅已确认的违规</translation>
    </message>
    <message>
        <source>All findings</source>
        <translation>全部结果</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Video SHA-256</source>
        <translation>视频 SHA-256</translation>
    </message>
    <message>
        <source>Calibration residual, cm</source>
        <translation>标定残差，cm</translation>
    </message>
    <message>
        <source>Touches</source>
        <translation>触碰</translation>
    </message>
    <message>
        <source>Median stationary time, s</source>
        <translation>静止时间中位数，s</translation>
    </message>
    <message>
        <source>Rows in the sheet of violations</source>
        <translation>违规表的行数</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Precision: %1</source>
        <translation>准确率：%1</translation>
    </message>
    <message>
        <source>Start frame</source>
        <translation>起始帧</translation>
    </message>
    <message>
        <source>Start time</source>
        <translation>起始时间</translation>
    </message>
    <message>
        <source>Start, s</source>
        <translation>起始，s</translation>
    </message>
    <message>
        <source>End frame</source>
        <translation>结束帧</translation>
    </message>
    <message>
        <source>End time</source>
        <translation>结束时间</translation>
    </message>
    <message>
        <source>End, s</source>
        <translation>结束，s</translation>
    </message>
    <message>
        <source>x, px</source>
        <translation>x，px</translation>
    </message>
    <message>
        <source>y, px</source>
        <translation>y，px</translation>
    </message>
    <message>
        <source>Withdrawal, mm/s</source>
        <translation>拔出速度，mm/s</translation>
    </message>
    <message>
        <source>Touch only</source>
        <translation>仅触碰</translation>
    </message>
    <message>
        <source>Judgement</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>严重程度</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>复核结论</translation>
    </message>
    <message>
        <source>Reviewer</source>
        <translation>复核人</translation>
    </message>
    <message>
        <source>Reviewed</source>
        <translation>复核时间</translation>
    </message>
    <message>
        <source>Verdict&apos;s reason</source>
        <translation>复核理由</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Pour region, m²</source>
        <translation>浇筑区域，m²</translation>
    </message>
    <message>
        <source>Largest gap, m</source>
        <translation>最大空隙，m</translation>
    </message>
    <message>
        <source>Cell, m</source>
        <translation>网格，m</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>人工</translation>
    </message>
    <message>
        <source>follows from a correction by hand</source>
        <translation>由人工更正得出</translation>
    </message>
    <message>
        <source>* Added or changed by hand by %1.</source>
        <translation>* 由 %1 人工添加或更改。</translation>
    </message>
    <message>
        <source>entered</source>
        <translation>录入</translation>
    </message>
    <message>
        <source>corrected</source>
        <translation>更正</translation>
    </message>
    <message>
        <source>Times ±, s</source>
        <translation>时间 ±，s</translation>
    </message>
    <message>
        <source>Place ±, m</source>
        <translation>位置 ±，m</translation>
    </message>
    <message>
        <source>Withdrawal ±, mm/s</source>
        <translation>拔出 ±，mm/s</translation>
    </message>
    <message>
        <source>Seconds in concrete over the first frame</source>
        <translation>首帧画面上在混凝土中的秒数</translation>
    </message>
    <message>
        <source>Not decided</source>
        <translation>未定</translation>
    </message>
    <message>
        <source>%1, and %2 touches too short to count</source>
        <translation>%1，另有 %2 次短暂接触，不计入</translation>
    </message>
    <message>
        <source>%1: %2 confirmed, %3 false alarms, %4 not decided</source>
        <translation>%1 条：确认 %2，误报 %3，未定 %4</translation>
    </message>
    <message>
        <source>Verdict taken back</source>
        <translation>判定已撤回</translation>
    </message>
    <message>
        <source>The numbers are those of the result and of its tables and clips. What passed or could not be judged has a number, too.</source>
        <translation>编号与结果及其表格、片段中的编号一致。通过的和无法判定的项目也占有编号。</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>计入</translation>
    </message>
    <message>
        <source>Pokers from a score of %1; coverage in cells of %2 mm; at the end of the lift</source>
        <translation>计入得分不低于 %1 的振捣棒；覆盖图网格 %2 mm；本层浇筑结束时</translation>
    </message>
    <message>
        <source>Pokers from a score of %1; coverage in cells of %2 mm; the work goes on after this video</source>
        <translation>计入得分不低于 %1 的振捣棒；覆盖图网格 %2 mm；此视频之后作业仍将继续</translation>
    </message>
</context>
<context>
    <name>roles</name>
    <message>
        <source>Administrator</source>
        <translation>管理员</translation>
    </message>
    <message>
        <source>Normal user</source>
        <translation>普通用户</translation>
    </message>
</context>
</TS>
